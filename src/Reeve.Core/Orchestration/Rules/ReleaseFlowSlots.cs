using Reeve.Core.Orchestration.Concurrency;

namespace Reeve.Core.Orchestration.Rules;

/// <summary>
/// A run that no longer occupies its deployment gives its slot back. The lease tells whether it holds one: a run without a
/// lease never took a slot, and one whose lease was given back has none left, so neither may free what another run holds.
/// </summary>
internal static class ReleaseFlowSlots
{
    public static bool Occupies(StateType? type) => type is StateType.Pending or StateType.Running or StateType.Cancelling;

    public static void After(FlowTransition transition)
    {
        if (!Occupies(transition.From)
            || Occupies(transition.Proposed!.Type)
            || transition.Run.DeploymentId is null
            || transition.SlotLost
            || transition.Initial!.StateDetails.DeploymentConcurrencyLeaseId is null)
        {
            return;
        }

        if (Release(transition.Facts.Lease, transition.Facts.Deployment?.Limit) is { } write)
        {
            transition.Write(write);
        }
    }

    /// <summary>What gives back the slot of a run whose state names a lease.</summary>
    public static SlotWrite? Release(LeaseFact lease, SlotLimit? limit) => lease.Status switch
    {
        LeaseStatus.Held when lease.Lease is { } held => new ReleaseLease(held.Id, held.LimitIds, held.Slots),

        // Nobody here gave it back, so the slot is still counted: the lease was lost with the process that kept it.
        LeaseStatus.Unknown when limit is not null => new GiveBackSlots(limit.Id, 1),
        _ => null,
    };
}
