namespace Reeve.Contract.Concurrency;

public sealed class ConcurrencyLimitV2
{
    public Guid Id { get; set; }

    public DateTimeOffset? Created { get; set; }

    public DateTimeOffset? Updated { get; set; }

    public bool Active { get; set; } = true;

    public string Name { get; set; } = "";

    public int Limit { get; set; }

    public int ActiveSlots { get; set; }

    public int DeniedSlots { get; set; }

    public double SlotDecayPerSecond { get; set; }

    public double AvgSlotOccupancySeconds { get; set; } = 2.0;
}
