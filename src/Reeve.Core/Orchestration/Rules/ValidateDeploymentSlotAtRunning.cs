using Reeve.Core.Orchestration.Concurrency;

namespace Reeve.Core.Orchestration.Rules;

/// <summary>A run that starts must still hold its deployment's slot, or get it back.</summary>
internal sealed class ValidateDeploymentSlotAtRunning()
    : Rule<FlowTransition>(StateSet.Of(StateType.Pending), StateSet.Of(StateType.Running))
{
    public override void Before(FlowTransition transition)
    {
        var proposed = transition.Proposed!;
        var leaseId = transition.Initial!.StateDetails.DeploymentConcurrencyLeaseId;
        if (proposed.StateDetails.DeploymentConcurrencyLeaseId != leaseId)
        {
            transition.Proposed = proposed.WithLease(leaseId);
        }

        if (leaseId is not { } lease
            || !transition.Context.ClientRenewsLeases
            || transition.Facts.Deployment is not { Limit: { Active: true } limit } deployment)
        {
            return;
        }

        var ttl = DeploymentSlots.FirstLease(deployment, transition.Context.Settings);
        if (transition.Facts.Lease is not null)
        {
            transition.Write(new RenewLease(lease, ttl));
            return;
        }

        // A lease that another server forgot has left its slot counted: the run swaps that one for a new one.
        var isCounted = !DeploymentSlots.IsOwn(lease);
        var available = isCounted ? SlotMath.GiveBack(limit, 1, null, transition.Now, transition.Context.Settings) : limit;
        if (SlotMath.HasFree(available, 1, transition.Now))
        {
            if (isCounted)
            {
                transition.Write(new GiveBackSlots(limit.Id, 1));
            }

            var newLease = DeploymentSlots.NewLeaseId(transition.Context);
            transition.Write(new TakeSlots([limit.Id], 1, newLease, ttl, LeaseHolder.FlowRun(transition.Run.Id)));
            transition.Proposed = transition.Proposed!.WithLease(newLease);
        }
        else
        {
            transition.Reject(
                transition.NewState(
                    StateType.Cancelled,
                    message: "Deployment concurrency slot lost during provisioning - no slots available to continue execution"),
                "Deployment concurrency limit reached after lease expiry.");
        }
    }

    public override void Cleanup(FlowTransition transition) => transition.ForgetTakenSlots();
}
