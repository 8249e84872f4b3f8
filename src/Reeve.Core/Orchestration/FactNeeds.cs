namespace Reeve.Core.Orchestration;

/// <summary>What must be loaded besides the run's own row before a transition can be decided.</summary>
[Flags]
public enum FactNeeds
{
    None = 0,

    /// <summary>The run's deployment, its concurrency limit and options: <see cref="FlowRunFacts.Deployment"/>.</summary>
    Deployment = 1,

    /// <summary>The lease named by the current state: <see cref="FlowRunFacts.Lease"/>.</summary>
    Lease = 2,

    /// <summary>The task run that tracks this subflow, with its held slots: <see cref="FlowRunFacts.ParentTask"/>.</summary>
    ParentTask = 4,

    /// <summary>The failed task runs of the flow run, with their held slots: <see cref="FlowRunFacts.FailedTasks"/>.</summary>
    FailedTasks = 8,

    /// <summary>The task's flow run: <see cref="TaskRunFacts.FlowRun"/>.</summary>
    FlowRun = 16,

    /// <summary>The newest unexpired cached state of the proposed cache key: <see cref="TaskRunFacts.CachedState"/>.</summary>
    CachedState = 32,

    /// <summary>The limits on the task's tags: <see cref="TaskRunFacts.TagLimits"/> and <see cref="TaskRunFacts.LegacyTagLimits"/>.</summary>
    TagLimits = 64,

    /// <summary>The leases the task run holds on the limits of its tags: <see cref="TaskRunFacts.HeldLeases"/> (and the legacy limits).</summary>
    HeldTagSlots = 128,
}
