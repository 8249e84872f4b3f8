namespace Reeve.Core.Orchestration.Rules;

/// <summary>Where nothing runs that could be told to stop, cancelling is over at once.</summary>
internal sealed class BypassCancellingWithoutInfrastructure()
    : Rule<FlowTransition>(StateSet.Of(StateType.Scheduled, StateType.Paused), StateSet.Of(StateType.Cancelling))
{
    public override void Before(FlowTransition transition)
    {
        var initial = transition.Initial!;
        if ((initial.Type == StateType.Scheduled && string.IsNullOrEmpty(transition.Run.InfrastructurePid)) || initial.Name == "Resuming")
        {
            Cancel(transition, "Scheduled flow run has no infrastructure to terminate.");
        }
        else if (initial.Type == StateType.Paused && initial.StateDetails.PauseReschedule)
        {
            Cancel(transition, "Suspended flow run has no infrastructure to terminate.");
        }
    }

    private static void Cancel(FlowTransition transition, string reason) =>
        transition.Reject(transition.NewState(StateType.Cancelled), reason);
}
