namespace Reeve.Core.Orchestration;

/// <summary>What a state proposed for a task run led to.</summary>
public sealed class TaskRunDecision : Decision
{
    internal TaskRunDecision(TaskTransition transition) : base(transition)
    {
        TaskRunId = transition.Run.Id;
        FlowRunRunCount = transition.FlowRunRunCount;
        Cache = transition.Cache;
        Enqueue = transition.Enqueue;
        NotFound = transition.NotFound;
    }

    /// <summary>The task run this is about.</summary>
    public Guid TaskRunId { get; }

    /// <summary>The task's record of its flow run's run count afterwards; null if it did not change.</summary>
    public int? FlowRunRunCount { get; }

    /// <summary>The cache row to create.</summary>
    public CacheInsert? Cache { get; }

    /// <summary>The lane of the task's queue to put the run on once the transaction has committed.</summary>
    public TaskQueueLane? Enqueue { get; }

    /// <summary>Set when the task's flow run is gone: write nothing and answer 404 with this message.</summary>
    public string? NotFound { get; }
}
