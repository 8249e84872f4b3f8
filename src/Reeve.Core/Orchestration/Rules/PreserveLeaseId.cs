namespace Reeve.Core.Orchestration.Rules;

/// <summary>
/// Keeps the lease id on every later state of the run, until the run is to start again: then the old lease is over,
/// and an id on an occupying state always means that the run took a slot under it.
/// </summary>
internal static class PreserveLeaseId
{
    public static void Before(FlowTransition transition)
    {
        var proposed = transition.Proposed!;
        var startsAgain = ReleaseFlowSlots.Occupies(proposed.Type) && !ReleaseFlowSlots.Occupies(transition.From);
        if (!startsAgain
            && proposed.StateDetails.DeploymentConcurrencyLeaseId is null
            && transition.Initial?.StateDetails.DeploymentConcurrencyLeaseId is { } leaseId)
        {
            transition.Proposed = proposed with { StateDetails = proposed.StateDetails with { DeploymentConcurrencyLeaseId = leaseId } };
        }
    }
}
