namespace Reeve.Settings.Views;

/// <summary>The service that creates the runs of schedules.</summary>
public sealed class SchedulerSettings(ResolvedSettings settings)
{
    private const string Prefix = "server.services.scheduler.";

    public bool Enabled { get; } = settings.Bool(Prefix + "enabled");

    public TimeSpan Loop { get; } = settings.Seconds(Prefix + "loop_seconds");

    /// <summary>Time between two passes over deployments that changed just now.</summary>
    public TimeSpan RecentDeploymentsLoop { get; } = settings.Seconds(Prefix + "recent_deployments_loop_seconds");

    public int DeploymentBatchSize { get; } = settings.Int(Prefix + "deployment_batch_size");

    /// <summary>Runs of one schedule that may lie ahead.</summary>
    public int MaxRuns { get; } = settings.Int(Prefix + "max_runs");

    /// <summary>Runs of one schedule that must lie ahead.</summary>
    public int MinRuns { get; } = settings.Int(Prefix + "min_runs");

    /// <summary>How far ahead runs may be created.</summary>
    public TimeSpan MaxScheduledTime { get; } = settings.Duration(Prefix + "max_scheduled_time");

    /// <summary>How far ahead runs must be created.</summary>
    public TimeSpan MinScheduledTime { get; } = settings.Duration(Prefix + "min_scheduled_time");

    public int InsertBatchSize { get; } = settings.Int(Prefix + "insert_batch_size");
}
