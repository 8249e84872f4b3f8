namespace Reeve.Core.Orchestration.Rules;

/// <summary>
/// A paused run goes on, or ends. Going on is not a new execution: it neither counts as a run nor uses up a retry,
/// and an attempt that is refused leaves no trace.
/// </summary>
internal sealed class ResumingFromPaused() : Rule<FlowTransition>(StateSet.Of(StateType.Paused), StateSet.All)
{
    public override void Before(FlowTransition transition)
    {
        var proposed = transition.Proposed!;
        var pause = transition.Initial!.StateDetails;
        if (!proposed.Type.IsTerminal() && proposed.Type is not (StateType.Running or StateType.Scheduled))
        {
            transition.Reject(
                null,
                $"This run cannot transition to the StateType.{proposed.Type.WireName()} state from the StateType.PAUSED state.");
            return;
        }

        var display = (proposed.Name.Length > 0 ? proposed.Name : proposed.Type.WireName()).ToLowerInvariant();
        if (pause.PauseReschedule && transition.Run.DeploymentId is null)
        {
            transition.Reject(null, $"Cannot reschedule a {display} flow run without a deployment.");
        }
        else if (pause.PauseTimeout is { } timeout && timeout < transition.Now)
        {
            var verb = proposed.Name == "Suspended" ? "suspend" : "pause";
            transition.Reject(
                transition.NewState(StateType.Failed, message: $"The flow was {display} and never resumed."),
                $"The flow run {verb} has timed out and can no longer resume.");
        }
        else if (!proposed.Type.IsTerminal() && transition.Context.HasInProcessRetries)
        {
            transition.Policy = transition.Policy with { Resuming = true };
        }
    }
}
