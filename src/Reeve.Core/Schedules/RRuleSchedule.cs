using NodaTime;
using Reeve.Core.Schedules.Recurrence;
using Reeve.Core.Schedules.Zones;

namespace Reeve.Core.Schedules;

/// <summary>
/// An RFC 5545 recurrence in a zone. It steps in wall time; a repeated time fires in its first pass only, a time the clocks skip
/// fires earlier by the length of the gap. Offsets and zones inside the text are ignored: its digits are wall time of the schedule's zone.
/// </summary>
public sealed class RRuleSchedule : Schedule
{
    private readonly RecurrenceSet _set;
    private readonly DateTimeZone? _zone;

    private RRuleSchedule(string rrule, string? timezone, RecurrenceSet set)
        : base(timezone)
    {
        RRule = rrule;
        _set = set;
        _zone = timezone is null ? null : ScheduleZone.Find(timezone);
    }

    /// <summary>The text as it was written.</summary>
    public string RRule { get; }

    /// <summary>Reads an RRULE, or a set of DTSTART, RRULE, RDATE, EXRULE and EXDATE lines.</summary>
    /// <param name="rrule">The text, at most <see cref="ScheduleLimits.MaxRRuleLength"/> characters.</param>
    /// <param name="timezone">An IANA name. Null, or text that merely contains a name, is accepted but cannot be evaluated.</param>
    /// <exception cref="ScheduleFormatException">The text or the zone cannot be accepted.</exception>
    public static RRuleSchedule Parse(string rrule, string? timezone = "UTC")
    {
        ArgumentNullException.ThrowIfNull(rrule);
        RecurrenceSet set;
        try
        {
            set = RecurrenceParser.Parse(rrule);
        }
        catch (RecurrenceSyntaxException fault)
        {
            throw new ScheduleFormatException(
                "rrule",
                $"Invalid RRule string \"{rrule}\": {fault.Message}",
                "Write an RFC 5545 rule such as FREQ=DAILY;INTERVAL=2, with its start on a line DTSTART:20250101T090000 before it.");
        }

        if (rrule.Length > ScheduleLimits.MaxRRuleLength)
        {
            throw new ScheduleFormatException(
                "rrule",
                $"Invalid RRule string \"{rrule.AsSpan(0, 40)}...\"\nMax length is {ScheduleLimits.MaxRRuleLength}, got {rrule.Length}",
                "Use a rule instead of listing dates, or several schedules.");
        }

        if (timezone is not null && !ScheduleZone.OccursIn(timezone))
        {
            throw new ScheduleFormatException(
                "timezone",
                $"\"{timezone}\" is no name of the IANA time zone list",
                "Give a name such as Europe/Paris; names are case-sensitive.",
                "string_pattern_mismatch");
        }

        return new RRuleSchedule(rrule, timezone, set);
    }

    private protected override IEnumerable<Candidate> Candidates(DateTimeOffset start)
    {
        if (_zone is null)
        {
            throw new ScheduleEvaluationException(
                "timezone",
                TimeZone is null ? "the schedule has no timezone" : $"\"{TimeZone}\" is no name of the IANA time zone list",
                "Set it to UTC or another IANA name.");
        }

        if (_set.Fault is { } fault)
            throw new ScheduleEvaluationException("rrule", fault, "Change the rule so that its parts can meet, and give DTSTART and UNTIL both with Z or both without.");

        var clock = new ZoneClock(_zone);
        long from = start.UtcTicks;
        long wallFrom = Math.Max(0, from + clock.OffsetAt(from) + TimeSpan.TicksPerSecond - 1) / TimeSpan.TicksPerSecond;
        var cursor = _set.Open(wallFrom);
        WallCursor? beforeGap = null;
        while (cursor.TryNext(out long wall))
        {
            long ticks = wall * TimeSpan.TicksPerSecond;
            var kind = clock.Look(ticks, out long before, out long after);
            if (kind != WallKind.Skipped)
            {
                if (ticks - before >= from)
                    yield return new Candidate(ticks - before, before);
                continue;
            }

            // It lands on a wall time before the gap, which the rule may have given already.
            long utc = ticks - after;
            if (utc < from)
                continue;
            long landing = (utc + before) / TimeSpan.TicksPerSecond;
            beforeGap ??= _set.Open(landing);
            beforeGap.Seek(landing);
            yield return new Candidate(utc, before, beforeGap.TryNext(out long there) && there == landing);
        }
    }
}
