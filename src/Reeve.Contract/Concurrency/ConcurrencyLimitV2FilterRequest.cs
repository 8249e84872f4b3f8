namespace Reeve.Contract.Concurrency;

public sealed class ConcurrencyLimitV2FilterRequest
{
    public int Offset { get; set; }

    public int? Limit { get; set; }
}
