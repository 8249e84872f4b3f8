namespace Reeve.Core.Orchestration.Rules;

/// <summary>A running flow may pause, once for each pause key; to be suspended it needs a deployment to come back by.</summary>
internal sealed class PausingFlows() : Rule<FlowTransition>(StateSet.All, StateSet.Of(StateType.Paused))
{
    public override void Before(FlowTransition transition)
    {
        var proposed = transition.Proposed!;
        var details = proposed.StateDetails;
        var verb = proposed.Name == "Suspended" ? "suspend" : "pause";
        if (transition.Initial is not { } initial)
        {
            transition.Abort($"Cannot {verb} flows with no state.");
        }
        else if (initial.Type != StateType.Running)
        {
            transition.Reject(null, $"Cannot {verb} flows that are not currently running.");
        }
        else if (details.PauseKey is { } key && transition.Policy.PauseKeys!.Contains(key))
        {
            transition.Reject(null, $"This {verb} has already fired.");
        }
        else if (details.PauseReschedule && transition.Run.ParentTaskRunId is not null)
        {
            transition.Abort($"Cannot {verb} subflows.");
        }
        else if (details.PauseReschedule && transition.Run.DeploymentId is null)
        {
            transition.Abort($"Cannot {verb} flows without a deployment.");
        }
    }

    public override void After(FlowTransition transition)
    {
        var key = transition.Proposed!.StateDetails.PauseKey ?? transition.Context.Source.NewId().ToString();
        transition.Policy = transition.Policy with { PauseKeys = [.. transition.Policy.PauseKeys!, key] };
    }
}
