namespace Reeve.Core.Orchestration;

/// <summary>The working copy of a decision about a task run.</summary>
internal sealed class TaskTransition(TaskRunSnapshot run, State proposed, TaskRunFacts facts, TransitionContext context)
    : Transition(run.State, run.Columns, proposed, context)
{
    public TaskRunSnapshot Run { get; } = run;

    public TaskRunFacts Facts { get; } = facts;

    public int? FlowRunRunCount { get; set; }

    public CacheInsert? Cache { get; set; }

    public TaskQueueLane? Enqueue { get; set; }

    public string? NotFound { get; set; }

    public override (Guid? FlowRunId, Guid? TaskRunId) ArtifactOwner => (Run.FlowRunId, Run.Id);

    public override IReadOnlyCollection<DateTimeOffset> TakenTimestamps => Facts.TakenTimestamps;
}
