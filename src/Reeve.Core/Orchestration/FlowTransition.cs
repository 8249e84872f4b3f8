namespace Reeve.Core.Orchestration;

/// <summary>The working copy of a decision about a flow run.</summary>
internal sealed class FlowTransition(FlowRunSnapshot run, State proposed, FlowRunFacts facts, TransitionContext context)
    : Transition(run.State, run.Columns, proposed, context)
{
    public FlowRunSnapshot Run { get; } = run;

    public FlowRunFacts Facts { get; } = facts;

    public FlowRunPolicy Policy { get; set; } = run.EmpiricalPolicy;

    public bool PolicyChanged => !ReferenceEquals(Policy, Run.EmpiricalPolicy);

    public List<TaskRunDecision>? RescheduledTasks { get; set; }

    public TaskRunDecision? ParentTask { get; set; }

    public FlowRunStateChanged? Event { get; set; }

    public override (Guid? FlowRunId, Guid? TaskRunId) ArtifactOwner => (Run.Id, null);

    public override IReadOnlyCollection<DateTimeOffset> TakenTimestamps => Facts.TakenTimestamps;
}
