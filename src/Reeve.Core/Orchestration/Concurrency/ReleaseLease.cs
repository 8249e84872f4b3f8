namespace Reeve.Core.Orchestration.Concurrency;

/// <summary>
/// Remove the lease and, only if it was still there, give its slots back. A lease that is gone by now was given
/// back by someone else, so there is nothing to do.
/// </summary>
public sealed record ReleaseLease(Guid LeaseId, IReadOnlyList<Guid> LimitIds, int Slots) : SlotWrite;
