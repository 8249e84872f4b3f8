using NodaTime;
using Reeve.Core.Schedules.Zones;

namespace Reeve.Core.Schedules;

/// <summary>
/// Steps of one interval from an anchor. Whole days and calendar units follow the local clock, the rest is elapsed time.
/// The first instant is found in elapsed time, so the phase of daily schedules depends on which side of a clock change the start lies.
/// </summary>
public sealed class IntervalSchedule : Schedule
{
    private readonly DateTimeZone _zone;
    private readonly long _anchor;

    private IntervalSchedule(ScheduleInterval interval, long anchor, string? timezone, DateTimeZone zone)
        : base(timezone)
    {
        Interval = interval;
        _anchor = anchor;
        _zone = zone;
    }

    /// <summary>The distance between two instants.</summary>
    public ScheduleInterval Interval { get; }

    /// <summary>The instant steps are counted from, in both directions.</summary>
    public DateTimeOffset Anchor => new(_anchor, TimeSpan.Zero);

    /// <summary>A schedule anchored at an instant.</summary>
    /// <param name="interval">The distance between two instants.</param>
    /// <param name="anchor">The instant steps are counted from.</param>
    /// <param name="timezone">An IANA name; null or empty means UTC.</param>
    /// <exception cref="ScheduleFormatException">The zone is unknown.</exception>
    public static IntervalSchedule Create(ScheduleInterval interval, DateTimeOffset anchor, string? timezone = null)
    {
        ArgumentNullException.ThrowIfNull(interval);
        return new IntervalSchedule(interval, ToMicroseconds(anchor.UtcTicks), timezone, ScheduleZone.Require(timezone));
    }

    /// <summary>A schedule anchored at a fixed number of ticks between two instants.</summary>
    /// <inheritdoc cref="Create(ScheduleInterval, DateTimeOffset, string?)"/>
    public static IntervalSchedule Create(TimeSpan interval, DateTimeOffset anchor, string? timezone = null) =>
        Create(ScheduleInterval.FromTimeSpan(interval), anchor, timezone);

    /// <summary>A schedule anchored at a wall time in the schedule's zone.</summary>
    /// <param name="interval">The distance between two instants.</param>
    /// <param name="wallAnchor">The digits on the local clock; a repeated time means its first pass, a skipped one moves forward.</param>
    /// <param name="timezone">An IANA name; null or empty means UTC.</param>
    /// <exception cref="ScheduleFormatException">The zone is unknown.</exception>
    public static IntervalSchedule CreateFromWall(ScheduleInterval interval, DateTime wallAnchor, string? timezone = null)
    {
        ArgumentNullException.ThrowIfNull(interval);
        var zone = ScheduleZone.Require(timezone);
        return new IntervalSchedule(interval, ToUtc(new ZoneClock(zone), ToMicroseconds(wallAnchor.Ticks)), timezone, zone);
    }

    /// <inheritdoc/>
    public override DateTimeOffset ResolveNaive(DateTime wall)
    {
        long utc = ToUtc(new ZoneClock(_zone), wall.Ticks);
        return new DateTimeOffset(utc, TimeSpan.Zero);
    }

    private protected override IEnumerable<Candidate> Candidates(DateTimeOffset start)
    {
        long from = start.UtcTicks;
        if (Interval.JumpTicks == 0)
        {
            throw new ScheduleEvaluationException(
                "interval",
                "years and weeks alone give no distance to count from the anchor",
                "Write days or months instead, for instance P7D for P1W.");
        }

        // Toward zero: a start before the anchor gives the first multiple at or after the start.
        Int128 first = _anchor + ((Int128)((from - _anchor) / Interval.JumpTicks) * Interval.JumpTicks);
        var clock = new ZoneClock(_zone);
        long next = (long)first;
        bool more = true;
        while (more && next < from)
            more = TryAdvance(clock, next, out next);
        while (more)
        {
            yield return new Candidate(next, clock.OffsetAt(next));
            more = TryAdvance(clock, next, out next);
        }
    }

    // False beyond the last year of the calendar.
    private bool TryAdvance(ZoneClock clock, long utc, out long next)
    {
        next = utc;
        if (Interval.Months != 0 || Interval.Weeks != 0 || Interval.Days != 0)
        {
            long offset = clock.OffsetAt(utc);
            var wall = new DateTime(utc + offset);
            long days = (Interval.Weeks * 7L) + Interval.Days;
            int year = wall.Year + (Interval.Months / 12) + (int)(days / 366) + 2;
            if (year > DateTime.MaxValue.Year)
                return false;

            wall = wall.AddMonths(Interval.Months).AddDays(days);
            var kind = clock.Look(wall.Ticks, out long before, out long after);
            next = wall.Ticks - (kind == WallKind.Repeated && offset == after ? after : before);
        }

        next += Interval.Time.Ticks;
        return next < DateTime.MaxValue.Ticks - (2 * TimeSpan.TicksPerDay);
    }

    private static long ToUtc(ZoneClock clock, long wallTicks)
    {
        clock.Look(wallTicks, out long before, out _);
        return wallTicks - before;
    }

    private static long ToMicroseconds(long ticks) => ticks - (ticks % TimeSpan.TicksPerMicrosecond);
}
