namespace Reeve.Settings.Views;

/// <summary>The service that watches workers, pools, queues and deployments.</summary>
public sealed class ForemanSettings(ResolvedSettings settings)
{
    private const string Prefix = "server.services.foreman.";

    public bool Enabled { get; } = settings.Bool(Prefix + "enabled");

    public TimeSpan Loop { get; } = settings.Seconds(Prefix + "loop_seconds");

    /// <summary>Missed heartbeats after which a worker is offline.</summary>
    public int InactivityHeartbeatMultiple { get; } = settings.Int(Prefix + "inactivity_heartbeat_multiple");

    /// <summary>Heartbeat interval of a worker that does not say.</summary>
    public TimeSpan FallbackHeartbeatInterval { get; } = settings.Seconds(Prefix + "fallback_heartbeat_interval_seconds");

    public TimeSpan DeploymentLastPolledTimeout { get; } = settings.Seconds(Prefix + "deployment_last_polled_timeout_seconds");

    public TimeSpan WorkQueueLastPolledTimeout { get; } = settings.Seconds(Prefix + "work_queue_last_polled_timeout_seconds");
}
