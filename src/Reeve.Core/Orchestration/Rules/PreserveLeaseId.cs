namespace Reeve.Core.Orchestration.Rules;

/// <summary>Keeps the lease id on every later state of the run.</summary>
internal static class PreserveLeaseId
{
    public static void Before(FlowTransition transition)
    {
        var proposed = transition.Proposed!;
        if (proposed.StateDetails.DeploymentConcurrencyLeaseId is null
            && transition.Initial?.StateDetails.DeploymentConcurrencyLeaseId is { } leaseId)
        {
            transition.Proposed = proposed with { StateDetails = proposed.StateDetails with { DeploymentConcurrencyLeaseId = leaseId } };
        }
    }
}
