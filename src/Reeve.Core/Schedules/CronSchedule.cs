using NodaTime;
using Reeve.Core.Schedules.Cron;
using Reeve.Core.Schedules.Zones;

namespace Reeve.Core.Schedules;

/// <summary>
/// A cron expression in a zone. It matches wall times: a repeated hour fires in its first pass only, a time the clocks
/// skip fires later by the length of the gap.
/// </summary>
public sealed class CronSchedule : Schedule
{
    private readonly CronExpression _expression;
    private readonly DateTimeZone _zone;
    private readonly Random _random;

    private CronSchedule(string cron, string? timeZone, bool dayOr, CronExpression expression, DateTimeZone zone, Random random)
        : base(timeZone)
    {
        Cron = cron;
        DayOr = dayOr;
        _expression = expression;
        _zone = zone;
        _random = random;
    }

    /// <summary>The expression as it was written.</summary>
    public string Cron { get; }

    /// <summary>Whether a restricted day of month and a restricted weekday are united (true) or must both hold.</summary>
    public bool DayOr { get; }

    /// <summary>Reads a cron expression of five, six (seconds last) or seven (years last) fields, or an alias such as <c>@daily</c>.</summary>
    /// <param name="cron">The expression.</param>
    /// <param name="timezone">An IANA name; null or empty means UTC.</param>
    /// <param name="dayOr">Unite day of month and weekday when both are restricted.</param>
    /// <param name="random">Source for the <c>R</c> forms; null takes the shared one.</param>
    /// <exception cref="ScheduleFormatException">The expression or the zone cannot be accepted.</exception>
    public static CronSchedule Parse(string cron, string? timezone = null, bool dayOr = true, Random? random = null)
    {
        ArgumentNullException.ThrowIfNull(cron);
        random ??= Random.Shared;
        CronExpression expression;
        try
        {
            expression = CronParser.Parse(cron, random);
        }
        catch (CronSyntaxException fault)
        {
            throw new ScheduleFormatException("cron", $"Invalid cron string: \"{cron}\"", $"{fault.Message}.");
        }

        foreach (string field in cron.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            if (field is "R" or "r")
            {
                throw new ScheduleFormatException(
                    "cron",
                    $"Random and Hashed expressions are unsupported, received: \"{cron}\"",
                    "Write the value itself, or bounds to draw from such as R(0-29).");
            }
        }

        return new CronSchedule(cron, timezone, dayOr, expression, ScheduleZone.Require(timezone), random);
    }

    private protected override IEnumerable<Candidate> Candidates(DateTimeOffset start)
    {
        var expression = _expression.HasRandom ? CronParser.Parse(Cron, _random) : _expression;
        var search = new CronSearch(expression, DayOr);
        var clock = new ZoneClock(_zone);
        var moved = new Queue<long>();
        var at = FirstLookedAt(start, clock);
        while (search.TryNext(at, out at))
        {
            var kind = clock.Look(at.Ticks, out long before, out long after);
            long utc = at.Ticks - before;
            if (kind == WallKind.Skipped)
            {
                moved.Enqueue(utc);
                yield return new Candidate(utc, after);
                continue;
            }

            // Only a wall time moved out of a gap can have taken this one's place.
            while (moved.TryPeek(out long taken) && taken < utc)
                moved.Dequeue();
            yield return new Candidate(utc, before, moved.TryPeek(out long same) && same == utc);
        }

        throw new ScheduleEvaluationException(
            "cron",
            $"\"{Cron}\" has no further match (searched {ScheduleLimits.CronHorizonYears} years)",
            "Choose a day that exists in the chosen months and a year to come; with day_or, day of month and weekday must each be possible.");
    }

    // The clock's digits at the start, less a second so that a match on the start itself counts; a fraction rounds up instead.
    private static DateTime FirstLookedAt(DateTimeOffset start, ZoneClock clock)
    {
        long utc = start.UtcTicks - (start.UtcTicks % TimeSpan.TicksPerMicrosecond);
        long wall = Math.Clamp(utc + clock.OffsetAt(utc), TimeSpan.TicksPerDay, DateTime.MaxValue.Ticks);
        long fraction = wall % TimeSpan.TicksPerSecond;
        return new DateTime(fraction == 0 ? wall - TimeSpan.TicksPerSecond : wall - fraction);
    }
}
