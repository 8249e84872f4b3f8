namespace Reeve.Core.Orchestration.Rules;

/// <summary>A task runs only while its flow does.</summary>
internal sealed class NoRunningUnderStoppedFlow() : Rule<TaskTransition>(StateSet.All, StateSet.Of(StateType.Running))
{
    public override void Before(TaskTransition transition)
    {
        if (transition.Run.FlowRunId is not { } flowRunId || transition.Facts.FlowRun is not { } flowRun)
        {
            return;
        }

        if (flowRun.State is { Type: StateType.Paused } paused)
        {
            var details = new StateDetails
            {
                PauseTimeout = paused.StateDetails.PauseTimeout,
                PauseReschedule = paused.StateDetails.PauseReschedule,
            };
            transition.Reject(
                transition.NewState(StateType.Paused, "NotReady", details: details),
                $"The flow is paused, new tasks can execute after resuming flow run: {flowRunId}.");
        }
        else if (flowRun.State?.Type != StateType.Running)
        {
            transition.Abort("The enclosing flow must be running to begin task execution.");
        }
    }
}
