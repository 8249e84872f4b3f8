namespace Reeve.Settings.Views;

/// <summary>Task runs on the server.</summary>
public sealed class TasksSettings(ResolvedSettings settings)
{
    /// <summary>Characters of a cache key.</summary>
    public int MaxCacheKeyLength { get; } = settings.Int("server.tasks.max_cache_key_length");

    public int MaxScheduledQueueSize { get; } = settings.Int("server.tasks.scheduling.max_scheduled_queue_size");

    public int MaxRetryQueueSize { get; } = settings.Int("server.tasks.scheduling.max_retry_queue_size");

    /// <summary>Time a background task run may stay pending before it is offered again; zero is forever.</summary>
    public TimeSpan PendingTaskTimeout { get; } = settings.Duration("server.tasks.scheduling.pending_task_timeout");
}
