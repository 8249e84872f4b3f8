namespace Reeve.Core.Orchestration.Concurrency;

/// <summary>A global concurrency limit's row.</summary>
public sealed record SlotLimit
{
    public required Guid Id { get; init; }

    public required string Name { get; init; }

    /// <summary>False: the limit limits nothing.</summary>
    public bool Active { get; init; } = true;

    /// <summary>How many slots there are, 0 or more.</summary>
    public required int Limit { get; init; }

    /// <summary>Slots taken when the row was last written, before decay.</summary>
    public int ActiveSlots { get; init; }

    /// <summary>Slots refused when the row was last written, before decay.</summary>
    public int DeniedSlots { get; init; }

    /// <summary>Slots that free themselves a second; 0 for none. A limit with decay is a rate limit.</summary>
    public double SlotDecayPerSecond { get; init; }

    /// <summary>Running average of how long a slot is held, in seconds.</summary>
    public double AvgSlotOccupancySeconds { get; init; } = 2.0;

    /// <summary>When the row was last written: decay counts from here.</summary>
    public DateTimeOffset Updated { get; init; }
}
