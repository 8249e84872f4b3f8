namespace Reeve.Core.Orchestration.Rules;

/// <summary>A task remembers in which execution of its flow run it ran.</summary>
internal sealed class FlowRunTracker() : Rule<TaskTransition>(StateSet.All, StateSet.Of(StateType.Running))
{
    public override void After(TaskTransition transition)
    {
        if (transition.Run.FlowRunId is null)
        {
            return;
        }

        if (transition.Facts.FlowRun is { } flowRun)
        {
            transition.FlowRunRunCount = flowRun.RunCount;
        }
        else
        {
            transition.NotFound =
                $"Unable to read flow run associated with task run: {transition.Run.Id}, this flow run might have been deleted";
        }
    }
}
