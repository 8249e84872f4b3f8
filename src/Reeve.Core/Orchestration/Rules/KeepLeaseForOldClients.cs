using Reeve.Core.Orchestration.Concurrency;

namespace Reeve.Core.Orchestration.Rules;

/// <summary>
/// A client that cannot renew its lease keeps it until the run ends. Dropping it would leave the slot counted with
/// nothing to tell a run that still holds its slot from one whose lease was repossessed.
/// </summary>
internal sealed class KeepLeaseForOldClients()
    : Rule<FlowTransition>(StateSet.Of(StateType.Pending), StateSet.Of(StateType.Running, StateType.Cancelling))
{
    public override void After(FlowTransition transition)
    {
        if (!transition.Context.ClientRenewsLeases
            && transition.Run.DeploymentId is not null
            && transition.Facts.Lease is { } lease)
        {
            transition.Write(new RenewLease(lease.Id, DeploymentSlots.WithoutRenewal));
        }
    }
}
