namespace Reeve.Settings.Views;

/// <summary>The background services.</summary>
public sealed class ServicesSettings(ResolvedSettings settings)
{
    public SchedulerSettings Scheduler { get; } = new(settings);

    public ServiceSettings LateRuns { get; } = ServiceSettings.Of(settings, "late_runs");

    /// <summary>How far past its time a run is late.</summary>
    public TimeSpan LateRunsAfter { get; } = settings.Duration("server.services.late_runs.after_seconds");

    public ServiceSettings PauseExpirations { get; } = ServiceSettings.Of(settings, "pause_expirations");

    public ServiceSettings CancellationCleanup { get; } = ServiceSettings.Of(settings, "cancellation_cleanup");

    /// <summary>Time a run may stay in CANCELLING before it is ended.</summary>
    public TimeSpan CancellingTimeout { get; } = settings.Seconds("server.services.cancellation_cleanup.cancelling_timeout_seconds");

    public ForemanSettings Foreman { get; } = new(settings);

    public ServiceSettings Repossessor { get; } = ServiceSettings.Of(settings, "repossessor");

    public ServiceSettings CleanupReconciler { get; } = ServiceSettings.Of(settings, "cleanup_reconciler");

    public int CleanupReconcilerBatchSize { get; } = settings.Int("server.services.cleanup_reconciler.batch_size");

    public VacuumSettings Vacuum { get; } = new(settings);

    public EventPersisterSettings EventPersister { get; } = new(settings);

    public TaskRunRecorderSettings TaskRunRecorder { get; } = new(settings);

    public bool EventLoggerEnabled { get; } = settings.Bool("server.services.event_logger.enabled");

    /// <summary>Evaluate triggers and run actions.</summary>
    public bool TriggersEnabled { get; } = settings.Bool("server.services.triggers.enabled");

    public TimeSpan NotifyReconnectInterval { get; } = settings.Seconds("server.services.triggers.pg_notify_reconnect_interval_seconds");

    public TimeSpan NotifyHeartbeatInterval { get; } = settings.Seconds("server.services.triggers.pg_notify_heartbeat_interval_seconds");
}
