using Reeve.Core.Orchestration.Concurrency;

namespace Reeve.Core.Orchestration;

/// <summary>What was loaded to decide a flow run's transition.</summary>
public sealed record FlowRunFacts
{
    /// <summary>Nothing loaded, because nothing was needed.</summary>
    public static FlowRunFacts None { get; } = new();

    /// <summary>The needs these facts answer; more than asked for is fine.</summary>
    public FactNeeds Loaded { get; init; }

    /// <summary>The run's deployment; null if it is gone.</summary>
    public DeploymentFact? Deployment { get; init; }

    /// <summary>The lease named by the current state, expired or not; null if there is none of that id.</summary>
    public SlotLease? Lease { get; init; }

    /// <summary>The task run that tracks this subflow; null if it is gone.</summary>
    public TaskRunWithFacts? ParentTask { get; init; }

    /// <summary>The flow run's task runs that are failed.</summary>
    public IReadOnlyList<TaskRunWithFacts> FailedTasks { get; init; } = [];

    /// <summary>
    /// Timestamps of the run's stored states, if known: a new state gets one of its own. The current state's needs no
    /// mention. Load them when storing met the unique key of run and timestamp.
    /// </summary>
    public IReadOnlyCollection<DateTimeOffset> TakenTimestamps { get; init; } = [];
}
