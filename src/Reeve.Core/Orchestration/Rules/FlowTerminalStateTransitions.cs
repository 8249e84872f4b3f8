namespace Reeve.Core.Orchestration.Rules;

/// <summary>What may still happen to a flow run that has ended.</summary>
internal sealed class FlowTerminalStateTransitions() : Rule<FlowTransition>(StateSet.Terminal, StateSet.All)
{
    public override void Before(FlowTransition transition)
    {
        var initial = transition.Initial!;
        var proposed = transition.Proposed!;
        if (proposed.Type is StateType.Cancelling or StateType.Paused or StateType.Crashed)
        {
            transition.Abort($"Run is already in terminal state {initial.Type.WireName()}.");
            return;
        }

        var keepsResult = initial.Type == StateType.Completed && ResultData.IsPersisted(initial);
        if (keepsResult && !proposed.Type.IsTerminal())
        {
            transition.Reject(null, "Run is already COMPLETED.");
        }
        else if (keepsResult && PreventResultDataLoss.WouldLose(proposed))
        {
            transition.Reject(null, PreventResultDataLoss.Reason);
        }
        else if (proposed.Type == StateType.Scheduled && transition.Run.DeploymentId is null)
        {
            transition.Abort("Cannot reschedule a run without an associated deployment.");
        }
        else if (!proposed.Type.IsTerminal() && transition.Context.HasInProcessRetries)
        {
            transition.Policy = transition.Policy with
            {
                Resuming = false,
                PauseKeys = [],
                RetryType = proposed.Type == StateType.Scheduled ? RetryType.Reschedule : null,
            };
        }
    }

    public override void Cleanup(FlowTransition transition) => transition.Policy = transition.Run.EmpiricalPolicy;
}
