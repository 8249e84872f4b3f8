namespace Reeve.Core.Orchestration.Concurrency;

/// <summary>How the slots of a limit are counted. The database applies the same formulas in one statement.</summary>
public static class SlotMath
{
    /// <summary>Limits whose name starts so are tag limits.</summary>
    public const string TagPrefix = "tag:";

    private const double ShortestOccupancySeconds = 0.1;

    /// <summary>Slots still taken once decay is counted.</summary>
    public static int ActiveAfterDecay(SlotLimit limit, DateTimeOffset now) =>
        AfterDecay(limit.ActiveSlots, limit.SlotDecayPerSecond, now - limit.Updated);

    /// <summary>Slots still counted as refused once decay is counted.</summary>
    public static int DeniedAfterDecay(SlotLimit limit, DateTimeOffset now, OrchestrationSettings settings) =>
        AfterDecay(limit.DeniedSlots, DeniedDecayPerSecond(limit, settings), now - limit.Updated);

    /// <summary>Refused slots that are forgotten a second.</summary>
    public static double DeniedDecayPerSecond(SlotLimit limit, OrchestrationSettings settings) =>
        limit.SlotDecayPerSecond > 0
            ? limit.SlotDecayPerSecond
            : 1 / Math.Max(ShortestOccupancySeconds, Math.Min(limit.AvgSlotOccupancySeconds, LongestWaitSeconds(limit, settings)));

    /// <summary>The longest a caller refused by this limit is told to wait, in seconds.</summary>
    public static double LongestWaitSeconds(SlotLimit limit, OrchestrationSettings settings) =>
        (limit.Name.StartsWith(TagPrefix, StringComparison.Ordinal) ? settings.TagSlotWait : settings.MaximumSlotWait).TotalSeconds;

    /// <summary>Whether an active limit has <paramref name="slots"/> free.</summary>
    public static bool HasFree(SlotLimit limit, int slots, DateTimeOffset now) =>
        limit.Active && ActiveAfterDecay(limit, now) + slots <= limit.Limit;

    /// <summary>The row after <paramref name="slots"/> were taken. Ask <see cref="HasFree"/> first.</summary>
    public static SlotLimit Take(SlotLimit limit, int slots, DateTimeOffset now, OrchestrationSettings settings) => limit with
    {
        ActiveSlots = ActiveAfterDecay(limit, now) + slots,
        DeniedSlots = DeniedAfterDecay(limit, now, settings),
        Updated = now,
    };

    /// <summary>The row after <paramref name="slots"/> were given back; with how long they were held, if that is known.</summary>
    public static SlotLimit GiveBack(SlotLimit limit, int slots, TimeSpan? held, DateTimeOffset now, OrchestrationSettings settings) => limit with
    {
        ActiveSlots = Math.Max(0, ActiveAfterDecay(limit, now) - slots),
        DeniedSlots = DeniedAfterDecay(limit, now, settings),
        AvgSlotOccupancySeconds = AverageOccupancy(limit, slots, held),
        Updated = now,
    };

    /// <summary>The row after <paramref name="slots"/> were refused.</summary>
    /// <remarks>
    /// A refusal moves the instant that a rate limit's decay counts from by whole slots only, or callers who ask more often
    /// than slots free themselves would keep a full limit full for ever.
    /// </remarks>
    public static SlotLimit RecordDenial(SlotLimit limit, int slots, DateTimeOffset now, OrchestrationSettings settings) => limit with
    {
        ActiveSlots = ActiveAfterDecay(limit, now),
        DeniedSlots = DeniedAfterDecay(limit, now, settings) + slots,
        Updated = limit.SlotDecayPerSecond > 0 ? LastDecay(limit, now) : now,
    };

    private static DateTimeOffset LastDecay(SlotLimit limit, DateTimeOffset now)
    {
        var age = Math.Max(0, (now - limit.Updated).TotalSeconds);
        return limit.Updated + TimeSpan.FromSeconds(Math.Floor(limit.SlotDecayPerSecond * age) / limit.SlotDecayPerSecond);
    }

    private static double AverageOccupancy(SlotLimit limit, int slots, TimeSpan? held)
    {
        if (held is not { } time || limit.Limit == 0)
        {
            return limit.AvgSlotOccupancySeconds;
        }

        var occupancy = Math.Max(time.TotalSeconds / slots, ShortestOccupancySeconds);
        return limit.AvgSlotOccupancySeconds + ((occupancy - limit.AvgSlotOccupancySeconds) / (limit.Limit * 2));
    }

    private static int AfterDecay(int slots, double perSecond, TimeSpan age)
    {
        var gone = Math.Floor(perSecond * age.TotalSeconds);
        return gone >= slots ? 0 : Math.Max(0, slots - (int)Math.Max(gone, -int.MaxValue / 2));
    }
}
