namespace Reeve.Core.Orchestration.Concurrency;

/// <summary>Slots taken of one or more limits until given back or expired.</summary>
public sealed record SlotLease
{
    public required Guid Id { get; init; }

    /// <summary>The limits the slots were taken of.</summary>
    public required IReadOnlyList<Guid> LimitIds { get; init; }

    /// <summary>Slots taken of each limit.</summary>
    public int Slots { get; init; } = 1;

    public LeaseHolder? Holder { get; init; }
}
