namespace Reeve.Core.Orchestration.Rules;

/// <summary>What the rules about a deployment's slots share.</summary>
internal static class DeploymentSlots
{
    /// <summary>Long enough for any run whose client cannot renew its lease.</summary>
    public static readonly TimeSpan WithoutRenewal = TimeSpan.FromDays(36_500);

    public static TimeSpan FirstLease(DeploymentFact deployment, OrchestrationSettings settings) =>
        deployment.GracePeriodSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : settings.InitialDeploymentLease;

    /// <summary>
    /// The id of a new lease. It is of version 7: so one of our own that is not there any more is known to have been given
    /// back, while one of version 4 was kept in the memory of another server and its slot is still counted.
    /// </summary>
    public static Guid NewLeaseId(TransitionContext context) => context.Source.NewStateId(context.Now);

    public static bool IsOwn(Guid leaseId) => leaseId.Version == 7;

    public static State WithLease(this State state, Guid? leaseId) =>
        state with { StateDetails = state.StateDetails with { DeploymentConcurrencyLeaseId = leaseId } };
}
