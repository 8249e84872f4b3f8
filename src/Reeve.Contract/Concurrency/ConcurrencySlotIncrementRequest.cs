namespace Reeve.Contract.Concurrency;

public sealed class ConcurrencySlotIncrementRequest
{
    public int Slots { get; set; }

    public List<string> Names { get; set; } = [];

    public ConcurrencyLimitMode Mode { get; set; } = ConcurrencyLimitMode.Concurrency;

    public bool? CreateIfMissing { get; set; }
}
