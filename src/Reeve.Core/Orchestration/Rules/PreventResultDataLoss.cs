namespace Reeve.Core.Orchestration.Rules;

/// <summary>Even by force, a result is not overwritten by a completion without one.</summary>
internal sealed class PreventResultDataLoss() : Rule<FlowTransition>(StateSet.Terminal, StateSet.Terminal)
{
    public const string Reason = "Cannot overwrite a COMPLETED state that carries persisted result data with one that does not.";

    public static bool WouldLose(State proposed) =>
        proposed.Type == StateType.Completed && !ResultData.IsProposedPersisted(proposed);

    public override void Before(FlowTransition transition)
    {
        if (transition.From == StateType.Completed && WouldLose(transition.Proposed!) && ResultData.IsPersisted(transition.Initial))
        {
            transition.Reject(null, Reason);
        }
    }
}
