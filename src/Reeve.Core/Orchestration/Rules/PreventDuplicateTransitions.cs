namespace Reeve.Core.Orchestration.Rules;

/// <summary>A request that is repeated does nothing the second time.</summary>
internal sealed class PreventDuplicateTransitions() : Rule<FlowTransition>(StateSet.All, StateSet.All)
{
    public override void Before(FlowTransition transition)
    {
        if (transition.Initial?.StateDetails.TransitionId is { } last && last == transition.Proposed!.StateDetails.TransitionId)
        {
            transition.Reject(null, "This run has already made this state transition.");
        }
    }
}
