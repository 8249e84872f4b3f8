using Reeve.Core.Orchestration.Concurrency;

namespace Reeve.Core.Orchestration;

/// <summary>What became of the lease a run's current state names.</summary>
/// <param name="Status">Whether it is there, was given back, or is not known.</param>
/// <param name="Lease">The lease while it is held.</param>
public sealed record LeaseFact(LeaseStatus Status, SlotLease? Lease = null)
{
    public static LeaseFact Unknown { get; } = new(LeaseStatus.Unknown);

    public static LeaseFact GivenBack { get; } = new(LeaseStatus.GivenBack);

    public static LeaseFact Held(SlotLease lease) => new(LeaseStatus.Held, lease);
}
