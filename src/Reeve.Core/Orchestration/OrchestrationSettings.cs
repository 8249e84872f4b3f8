namespace Reeve.Core.Orchestration;

/// <summary>The settings the rules look at. Defaults are those of the settings catalogue.</summary>
public sealed record OrchestrationSettings
{
    public static OrchestrationSettings Default { get; } = new();

    /// <summary>How long the lease on a deployment's slot lives before the run renews it.</summary>
    public TimeSpan InitialDeploymentLease { get; init; } = TimeSpan.FromSeconds(300);

    /// <summary>How long a run waits before it asks again for a slot of its deployment.</summary>
    public TimeSpan DeploymentSlotWait { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The longest a task run is told to wait for a slot of its tags.</summary>
    public TimeSpan TagSlotWait { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The longest anyone else is told to wait for a slot.</summary>
    public TimeSpan MaximumSlotWait { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Longest cache key in characters.</summary>
    public int CacheKeyMaximumLength { get; init; } = 2000;
}
