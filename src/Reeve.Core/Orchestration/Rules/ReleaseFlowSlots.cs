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
            || transition.Initial!.StateDetails.DeploymentConcurrencyLeaseId is not { } leaseId)
        {
            return;
        }

        if (Release(leaseId, transition.Facts) is { } write)
        {
            transition.Write(write);
        }
    }

    /// <summary>What gives back the slot of a run whose state names a lease.</summary>
    public static SlotWrite? Release(Guid leaseId, FlowRunFacts facts)
    {
        if (facts.Lease is { } lease)
        {
            return new ReleaseLease(lease.Id, lease.LimitIds, lease.Slots);
        }

        // A lease of ours that is gone was given back. One of another server was lost with the process that kept it.
        return !DeploymentSlots.IsOwn(leaseId) && facts.Deployment?.Limit is { } limit ? new GiveBackSlots(limit.Id, 1) : null;
    }
}
