namespace Reeve.Contract.Concurrency;

public sealed class ConcurrencySlotDecrementRequest
{
    public int Slots { get; set; }

    public List<string> Names { get; set; } = [];

    public double? OccupancySeconds { get; set; }

    public bool? CreateIfMissing { get; set; }
}
