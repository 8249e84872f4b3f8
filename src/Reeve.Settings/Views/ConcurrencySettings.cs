namespace Reeve.Settings.Views;

/// <summary>Slots and leases.</summary>
public sealed class ConcurrencySettings(ResolvedSettings settings)
{
    /// <summary>Time a deployment's slot is held before its first renewal, 30 s to 1 h.</summary>
    public TimeSpan InitialDeploymentLease { get; } = settings.Seconds("server.concurrency.initial_deployment_lease_duration");

    /// <summary>Longest wait proposed to a run that waits for a slot.</summary>
    public TimeSpan MaximumSlotWait { get; } = settings.Seconds("server.concurrency.maximum_concurrency_slot_wait_seconds");

    /// <summary>Wait proposed to a run whose deployment has no free slot.</summary>
    public TimeSpan DeploymentSlotWait { get; } = settings.Seconds("server.deployments.concurrency_slot_wait_seconds");

    /// <summary>Wait proposed to a task run whose tag has no free slot.</summary>
    public TimeSpan TagSlotWait { get; } = settings.Seconds("server.tasks.tag_concurrency_slot_wait_seconds");
}
