namespace Reeve.Core.Orchestration.Rules;

/// <summary>A pending run remembers when it was to start.</summary>
internal sealed class CopyScheduledTime<T>() : Rule<T>(StateSet.Of(StateType.Scheduled), StateSet.Of(StateType.Pending))
    where T : Transition
{
    public override void Before(T transition)
    {
        var proposed = transition.Proposed!;
        if (proposed.StateDetails.ScheduledTime is null && transition.Initial!.StateDetails.ScheduledTime is { } scheduled)
        {
            transition.Proposed = proposed with { StateDetails = proposed.StateDetails with { ScheduledTime = scheduled } };
        }
    }
}
