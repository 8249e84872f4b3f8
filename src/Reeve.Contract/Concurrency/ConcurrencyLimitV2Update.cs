namespace Reeve.Contract.Concurrency;

public sealed class ConcurrencyLimitV2Update
{
    public Optional<bool?> Active { get; set; }

    public Optional<string?> Name { get; set; }

    public Optional<int?> Limit { get; set; }

    public Optional<int?> ActiveSlots { get; set; }

    public Optional<int?> DeniedSlots { get; set; }

    public Optional<double?> SlotDecayPerSecond { get; set; }
}
