namespace Reeve.Core.Orchestration.Rules;

/// <summary>A run does not start before its time.</summary>
internal sealed class WaitForScheduledTime<T>()
    : Rule<T>(StateSet.Of(StateType.Scheduled, StateType.Pending), StateSet.Of(StateType.Running))
    where T : Transition
{
    public override void Before(T transition)
    {
        if (transition.Initial!.StateDetails.ScheduledTime is not { } scheduled)
        {
            return;
        }

        // Whole seconds and fraction are rounded apart, so that half a second is always rounded down.
        var delay = scheduled - transition.Now;
        var whole = Math.Floor(delay.TotalSeconds);
        var seconds = whole + Math.Round(delay.TotalSeconds - whole, MidpointRounding.ToEven);
        if (seconds > 0)
        {
            transition.Delay((int)Math.Min(seconds, int.MaxValue), "Scheduled time is in the future");
        }
    }
}
