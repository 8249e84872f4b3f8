namespace Reeve.Contract.Concurrency;

public sealed class ConcurrencyLimitFilterRequest
{
    public int Offset { get; set; }

    public int? Limit { get; set; }
}
