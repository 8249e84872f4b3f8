using Reeve.Core.Schedules.Recurrence;
using Reeve.Core.Schedules.Zones;

namespace Reeve.Core.Schedules;

/// <summary>The explicit start a recurrence gets when it is written.</summary>
public static class RRuleAnchor
{
    /// <summary>
    /// Puts a DTSTART line before a text that has none: 2020-01-01, or for endless rules by the minute or second the last step before
    /// now, counted from there, so that the phase stays and readers that step from the start have little to walk.
    /// </summary>
    /// <param name="rrule">The text as it arrived.</param>
    /// <param name="timezone">The schedule's zone; null or unknown counts as UTC.</param>
    /// <param name="now">The time of writing.</param>
    /// <returns>The text to store; the given one when it has a DTSTART or cannot be read. Check the length of the result again.</returns>
    public static string Inject(string rrule, string? timezone, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(rrule);
        if (rrule.Contains("DTSTART", StringComparison.OrdinalIgnoreCase))
            return rrule;

        RecurrenceSet set;
        try
        {
            set = RecurrenceParser.Parse(rrule);
        }
        catch (RecurrenceSyntaxException)
        {
            return rrule;
        }

        long anchor = RecurrenceParser.DefaultAnchor;
        if (!set.IsSet && set.Rules[0] is { Count: null, Frequency: Frequency.Minutely or Frequency.Secondly } rule)
        {
            var zone = ScheduleZone.Find(timezone) ?? NodaTime.DateTimeZone.Utc;
            long wall = (now.UtcTicks + new ZoneClock(zone).OffsetAt(now.UtcTicks)) / TimeSpan.TicksPerSecond;
            long step = rule.Interval * rule.Unit;
            if (wall > anchor)
                anchor += (wall - anchor) / step * step;
        }

        var start = new DateTime(anchor * TimeSpan.TicksPerSecond);
        return FormattableString.Invariant($"DTSTART:{start:yyyyMMdd'T'HHmmss}\n{rrule}");
    }
}
