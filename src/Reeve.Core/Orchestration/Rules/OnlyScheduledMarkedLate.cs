namespace Reeve.Core.Orchestration.Rules;

/// <summary>Only a scheduled run is late, and only once.</summary>
internal sealed class OnlyScheduledMarkedLate() : Rule<FlowTransition>(StateSet.All, StateSet.Of(StateType.Scheduled))
{
    public const string Late = "Late";

    public override void Before(FlowTransition transition)
    {
        if (transition.Initial is not { } initial || transition.Proposed!.Name != Late)
        {
            return;
        }

        if (initial.Type != StateType.Scheduled)
        {
            transition.Reject(null, "Only scheduled flows can be marked late.");
        }
        else if (initial.Name == Late)
        {
            transition.Reject(null, "This flow run is already marked late.");
        }
    }
}
