namespace Reeve.Core.Orchestration;

/// <summary>What a state proposed for a flow run led to.</summary>
public sealed class FlowRunDecision : Decision
{
    internal FlowRunDecision(FlowTransition transition) : base(transition)
    {
        EmpiricalPolicy = transition.Proposed is not null && transition.PolicyChanged ? transition.Policy : null;
        ParentTask = transition.ParentTask;
        RescheduledTasks = transition.Proposed is null || transition.RescheduledTasks is null ? [] : transition.RescheduledTasks;
        Event = transition.Event;
    }

    /// <summary>The run's policy afterwards; null if it did not change.</summary>
    public FlowRunPolicy? EmpiricalPolicy { get; }

    /// <summary>For a subflow: what to write to the task run that tracks it.</summary>
    public TaskRunDecision? ParentTask { get; }

    /// <summary>Failed task runs that are scheduled again with the flow run, for callers of old API versions.</summary>
    public IReadOnlyList<TaskRunDecision> RescheduledTasks { get; }

    /// <summary>The event to emit, in the transaction that stores the state.</summary>
    public FlowRunStateChanged? Event { get; }
}
