namespace Reeve.Contract.Concurrency;

public sealed class ConcurrencyLimitWithLeaseResponse
{
    public Guid LeaseId { get; set; }

    public List<MinimalConcurrencyLimitResponse> Limits { get; set; } = [];
}
