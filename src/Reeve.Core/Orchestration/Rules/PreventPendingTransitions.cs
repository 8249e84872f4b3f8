namespace Reeve.Core.Orchestration.Rules;

/// <summary>Only one claimant gets a run; the claimant may still rename its pending state.</summary>
internal sealed class PreventPendingTransitions<T>() : Rule<T>(
    StateSet.Of(StateType.Pending, StateType.Cancelling, StateType.Running, StateType.Cancelled),
    StateSet.Of(StateType.Pending))
    where T : Transition
{
    public override void Before(T transition)
    {
        var initial = transition.Initial!;
        var proposed = transition.Proposed!;
        if (initial.Type == StateType.Pending && initial.Name != proposed.Name && proposed.Name != "Pending")
        {
            transition.Proposed = proposed with
            {
                StateDetails = proposed.StateDetails with
                {
                    ScheduledTime = initial.StateDetails.ScheduledTime,
                    DeploymentConcurrencyLeaseId = initial.StateDetails.DeploymentConcurrencyLeaseId,
                },
            };
            return;
        }

        transition.Abort($"This run is in a {initial.Type.WireName()} state and cannot transition to a PENDING state.");
    }
}
