namespace Reeve.Contract.Concurrency;

public sealed class ConcurrencyLeaseAcquireRequest
{
    public int Slots { get; set; }

    public List<string> Names { get; set; } = [];

    public ConcurrencyLimitMode Mode { get; set; } = ConcurrencyLimitMode.Concurrency;

    public double LeaseDuration { get; set; } = 300.0;

    public ConcurrencyLeaseHolder? Holder { get; set; }
}
