namespace Reeve.Core.Automations;

/// <summary>What a trigger makes of an event, in words, for people who ask why it did or did not fire.</summary>
/// <param name="Matches">The event opens a window or is counted.</param>
/// <param name="IsNear">It does not, but its name or its resources are those that are waited for.</param>
/// <param name="Reason">What became of it, or why nothing did.</param>
public sealed record EventJudgement(bool Matches, bool IsNear, string Reason)
{
    /// <param name="rule">The trigger.</param>
    /// <param name="told">The event.</param>
    /// <param name="bucket">The bucket that there is now for the event's key.</param>
    public static EventJudgement Of(EventRule rule, ObservedEvent told, Bucket? bucket)
    {
        if (rule.Miss(told) is { } miss)
        {
            var near = rule.CoversName(told.Name) || (!rule.Match.IsAny && rule.Match.Matches(told.Resource));
            return new EventJudgement(false, near, miss);
        }
        var (starts, expects) = (rule.Starts(told.Name), rule.Expects(told.Name));
        if (!starts && !expects) return new EventJudgement(false, true, $"the name {told.Name} only begins like one that is waited for");
        if (rule.FiresAtOnce) return new EventJudgement(true, false, "it made the trigger fire");
        if (bucket is null)
        {
            if (starts) return new EventJudgement(true, false, "it opened a window that is over");
            if (rule.After.Count > 0) return new EventJudgement(true, false, $"it counts only after {string.Join(" or ", rule.After.Select(static one => one.Text))}, and no window is open");
            return new EventJudgement(true, false, rule.IsProactive || rule.Within > TimeSpan.Zero ? "it was counted in a window that is over" : "it was counted, and the count was reached or forgotten since");
        }
        if (told.Occurred < bucket.Start)
        {
            return new EventJudgement(true, false, $"it is from before the present window, which begins {Instant(bucket.Start)}; after a firing events are left out until the window it fell in is over");
        }
        if (rule.IsImmediate || told.Occurred < bucket.End)
            return new EventJudgement(true, false, expects ? $"it was counted: {Math.Max(bucket.Count, 0)} of {rule.Threshold} by now" : $"it opened the window until {Instant(bucket.End)}");
        return new EventJudgement(true, false, $"it came after the window's end, {Instant(bucket.End)}");
    }

    private static string Instant(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);
}
