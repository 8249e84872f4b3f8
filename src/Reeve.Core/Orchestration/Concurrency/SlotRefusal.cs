namespace Reeve.Core.Orchestration.Concurrency;

/// <summary>How long a caller who found no free slot is told to wait.</summary>
public static class SlotRefusal
{
    /// <summary>Seconds to wait, for the <c>Retry-After</c> header.</summary>
    /// <param name="limits">The limits asked for as they were before the denial was recorded; inactive ones do not count.</param>
    /// <param name="slots">Slots asked for.</param>
    /// <param name="settings">The longest waits.</param>
    /// <param name="uniform">A draw from [0, 1).</param>
    public static double RetryAfterSeconds(IReadOnlyList<SlotLimit> limits, int slots, OrchestrationSettings settings, double uniform)
    {
        SlotLimit? heaviest = null;
        var greatest = double.NegativeInfinity;
        foreach (var limit in limits)
        {
            if (limit.Active && Weight(limit, slots) > greatest)
            {
                heaviest = limit;
                greatest = Weight(limit, slots);
            }
        }

        // With a longest wait of 0 whoever is refused may ask again at once.
        var average = heaviest is null ? 0 : AverageWait(heaviest, greatest, settings);
        return average > 0 ? PoissonInterval.Draw(average, PoissonInterval.DefaultFactor, uniform) : 0;
    }

    private static double Weight(SlotLimit limit, int slots)
    {
        double waiting = slots + limit.DeniedSlots;
        return limit.SlotDecayPerSecond > 0 ? waiting : waiting / Math.Max(1, limit.Limit);
    }

    private static double AverageWait(SlotLimit limit, double weight, OrchestrationSettings settings)
    {
        if (limit.SlotDecayPerSecond > 0)
        {
            return weight / limit.SlotDecayPerSecond;
        }

        var longest = SlotMath.LongestWaitSeconds(limit, settings);
        var wait = Math.Min(Math.Min(limit.AvgSlotOccupancySeconds, longest) * weight, longest);
        return wait > 0 ? wait : longest;
    }
}
