using Reeve.Core.Orchestration.Concurrency;

namespace Reeve.Server.FlowRuns.Explain;

/// <summary>All that decides whether a flow run is taken.</summary>
internal sealed record RunFacts
{
    public required Guid Id { get; init; }

    public required string Name { get; init; }

    /// <summary>As the database writes it; null for a run without a state.</summary>
    public string? StateType { get; init; }

    public string? StateName { get; init; }

    public DateTimeOffset? StateSince { get; init; }

    /// <summary>When it is to begin, while it is scheduled.</summary>
    public DateTimeOffset? Due { get; init; }

    public DateTimeOffset? PauseTimeout { get; init; }

    public bool RetriesInProcess { get; init; }

    public bool HasDeployment { get; init; }

    /// <summary>Null without a deployment.</summary>
    public string? Deployment { get; init; }

    public bool DeploymentPaused { get; init; }

    /// <summary>A schedule made it.</summary>
    public bool IsAutoScheduled { get; init; }

    /// <summary>Whether that schedule is active; null when it is gone.</summary>
    public bool? ScheduleActive { get; init; }

    /// <summary>Null without a queue.</summary>
    public RunPlace? Queue { get; init; }

    public RunPlace? Pool { get; init; }

    /// <summary>Pools of this type are served by nobody of ours: their queues are polled by agents, or their runs are pushed.</summary>
    public string? PoolType { get; init; }

    /// <summary>The deployment's own limit; null without one.</summary>
    public SlotLimit? DeploymentLimit { get; init; }

    public IReadOnlyList<RunHolder> QueueHolders { get; init; } = [];

    public IReadOnlyList<RunHolder> PoolHolders { get; init; } = [];

    public IReadOnlyList<RunHolder> DeploymentHolders { get; init; } = [];

    /// <summary>The workers of the pool, newest heartbeat first; not all of very many.</summary>
    public IReadOnlyList<RunWorker> Workers { get; init; } = [];

    /// <summary>Full limits of tags that task runs of it wait for.</summary>
    public IReadOnlyList<string> FullTags { get; init; } = [];
}
