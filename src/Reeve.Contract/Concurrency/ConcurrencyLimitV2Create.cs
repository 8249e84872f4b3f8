namespace Reeve.Contract.Concurrency;

public sealed class ConcurrencyLimitV2Create
{
    public bool Active { get; set; } = true;

    public string Name { get; set; } = "";

    public int Limit { get; set; }

    public int ActiveSlots { get; set; }

    public int DeniedSlots { get; set; }

    public double SlotDecayPerSecond { get; set; }
}
