namespace Reeve.Core.Orchestration.Rules;

/// <summary>A run that is being cancelled ends cancelled.</summary>
internal sealed class CancellingOnlyToCancelled()
    : Rule<FlowTransition>(StateSet.Of(StateType.Cancelling), StateSet.All.Except(StateType.Cancelled))
{
    public override void Before(FlowTransition transition) =>
        transition.Reject(null, "Cannot transition flows that are cancelling to a state other than Cancelled.");
}
