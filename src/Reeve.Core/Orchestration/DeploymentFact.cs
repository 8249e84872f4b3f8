using Reeve.Core.Orchestration.Concurrency;

namespace Reeve.Core.Orchestration;

/// <summary>What the rules read from a flow run's deployment.</summary>
public sealed record DeploymentFact
{
    /// <summary>The deployment's concurrency limit, if it has one.</summary>
    public SlotLimit? Limit { get; init; }

    /// <summary>From the concurrency options; enqueue where there are none.</summary>
    public CollisionStrategy CollisionStrategy { get; init; }

    /// <summary>From the concurrency options: how long the first lease lives.</summary>
    public int? GracePeriodSeconds { get; init; }
}
