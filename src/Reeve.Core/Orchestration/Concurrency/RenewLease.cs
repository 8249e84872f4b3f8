namespace Reeve.Core.Orchestration.Concurrency;

/// <summary>Move the lease's expiration to <paramref name="Ttl"/> after now. If it is gone by now, load and decide again.</summary>
public sealed record RenewLease(Guid LeaseId, TimeSpan Ttl) : SlotWrite;
