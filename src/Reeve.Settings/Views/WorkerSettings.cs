namespace Reeve.Settings.Views;

/// <summary>The worker.</summary>
public sealed class WorkerSettings(ResolvedSettings settings)
{
    public bool DebugMode { get; } = settings.Bool("worker.debug_mode");

    public TimeSpan Heartbeat { get; } = settings.Seconds("worker.heartbeat_seconds");

    /// <summary>Time between two polls.</summary>
    public TimeSpan Query { get; } = settings.Seconds("worker.query_seconds");

    /// <summary>How far ahead of its time a run may be taken.</summary>
    public TimeSpan Prefetch { get; } = settings.Seconds("worker.prefetch_seconds");

    public bool EnableCancellation { get; } = settings.Bool("worker.enable_cancellation");

    /// <summary>Time between two looks for runs to cancel.</summary>
    public TimeSpan CancellationPoll { get; } = settings.Seconds("worker.cancellation_poll_seconds");

    public string WebserverHost { get; } = settings.Text("worker.webserver.host");

    public int WebserverPort { get; } = settings.Int("worker.webserver.port");

    /// <summary>Time between the heartbeat events of a running flow run, or null for none.</summary>
    public TimeSpan? FlowHeartbeat { get; } = settings.OptionalSeconds("flows.heartbeat_frequency");

    public ClientSettings Client { get; } = new(settings);

    public LoggingSettings Logging { get; } = new(settings);
}
