namespace Reeve.Core.Orchestration.Rules;

/// <summary>A background task that is scheduled goes to the queue its workers take from.</summary>
internal sealed class EnqueueScheduledTasks() : Rule<TaskTransition>(StateSet.All, StateSet.Of(StateType.Scheduled))
{
    public override void After(TaskTransition transition)
    {
        if (transition.Proposed!.StateDetails.Deferred is true)
        {
            transition.Enqueue = transition.Proposed.Name == "AwaitingRetry" ? TaskQueueLane.Retry : TaskQueueLane.Scheduled;
        }
    }
}
