namespace Reeve.Settings.Views;

/// <summary>The service that writes events to the database.</summary>
public sealed class EventPersisterSettings(ResolvedSettings settings)
{
    private const string Prefix = "server.services.event_persister.";

    public bool Enabled { get; } = settings.Bool(Prefix + "enabled");

    public int BatchSize { get; } = settings.Int(Prefix + "batch_size");

    /// <summary>Time after which a smaller batch is written as well.</summary>
    public TimeSpan FlushInterval { get; } = settings.Seconds(Prefix + "flush_interval");

    public int QueueMaxSize { get; } = settings.Int(Prefix + "queue_max_size");

    public int MaxFlushRetries { get; } = settings.Int(Prefix + "max_flush_retries");
}
