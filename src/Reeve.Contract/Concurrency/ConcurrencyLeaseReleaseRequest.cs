namespace Reeve.Contract.Concurrency;

public sealed class ConcurrencyLeaseReleaseRequest
{
    public Guid LeaseId { get; set; }
}
