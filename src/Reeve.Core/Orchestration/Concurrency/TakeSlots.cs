namespace Reeve.Core.Orchestration.Concurrency;

/// <summary>
/// Take <paramref name="Slots"/> of every limit, all or nothing, and create the lease. The rows may have changed since
/// they were loaded: if one of them is full now, load and decide again.
/// </summary>
/// <param name="LimitIds">The limits, none twice.</param>
/// <param name="Slots">Slots to take of each.</param>
/// <param name="LeaseId">Id of the lease to create.</param>
/// <param name="Ttl">The lease expires this long after now.</param>
/// <param name="Holder">Whom the lease is given to, if it is recorded.</param>
public sealed record TakeSlots(IReadOnlyList<Guid> LimitIds, int Slots, Guid LeaseId, TimeSpan Ttl, LeaseHolder? Holder) : SlotWrite;
