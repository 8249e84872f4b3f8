namespace Reeve.Core.Orchestration.Rules;

/// <summary>What the rules about a deployment's slots share.</summary>
internal static class DeploymentSlots
{
    /// <summary>Long enough for any run whose client cannot renew its lease.</summary>
    public static readonly TimeSpan WithoutRenewal = TimeSpan.FromDays(36_500);

    public static TimeSpan FirstLease(DeploymentFact deployment, OrchestrationSettings settings) =>
        deployment.GracePeriodSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : settings.InitialDeploymentLease;

    public static State WithLease(this State state, Guid? leaseId) =>
        state with { StateDetails = state.StateDetails with { DeploymentConcurrencyLeaseId = leaseId } };
}
