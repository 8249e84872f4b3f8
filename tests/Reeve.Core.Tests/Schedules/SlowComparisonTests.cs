using CsCheck;
using NodaTime;
using NodaTime.TimeZones;
using Reeve.Core.Schedules;

namespace Reeve.Core.Tests.Schedules;

/// <summary>The engines that jump against enumerators that walk, over random schedules, zones and times, clock changes preferred.</summary>
public sealed class SlowComparisonTests
{
    private static readonly string[] Zones =
    [
        "UTC", "America/New_York", "Europe/Paris", "Australia/Lord_Howe", "America/Santiago", "Asia/Kolkata", "Africa/Cairo", "Pacific/Chatham",
    ];

    private static int Cases => Environment.GetEnvironmentVariable("REEVE_TEST_NIGHTLY") == "1" ? 100_000 : 2_000;

    [Fact]
    public void Recurrence_rules_jump_to_what_walking_finds() => Gen.Int[0, int.MaxValue].Sample(
        seed =>
        {
            var random = new Random(seed);
            string zoneName = Zones[random.Next(Zones.Length)];
            var zone = DateTimeZoneProviders.Tzdb[zoneName];
            var anchor = StartNear(random, zone, new DateTime(random.Next(2015, 2027), random.Next(1, 13), random.Next(1, 29)), 300).UtcDateTime;
            var rule = SlowRule.Draw(random, new DateTime(anchor.Ticks - (anchor.Ticks % TimeSpan.TicksPerSecond)));
            RRuleSchedule schedule;
            try
            {
                schedule = RRuleSchedule.Parse(rule.Text(), zoneName);
            }
            catch (ScheduleFormatException refusal) when (refusal.Problem.Contains("empty set", StringComparison.Ordinal))
            {
                return;
            }

            var start = new DateTimeOffset(rule.Anchor, TimeSpan.Zero).AddSeconds(random.Next((int)rule.Reach.TotalSeconds));
            if (random.Next(2) == 0)
                start = StartNear(random, zone, start.UtcDateTime, (int)rule.Reach.TotalDays + 1);
            var end = start + rule.Reach;
            var walls = rule.Walk(end.UtcDateTime.AddDays(rule.Reach > TimeSpan.FromDays(1) ? 1 : 0.6));
            var expected = Resolve(walls, zone, start, end, skipped: (before, after) => after.WallOffset);
            Compare(rule.Text(), zoneName, schedule, start, end, expected);
        },
        iter: Cases,
        threads: 1);

    [Fact]
    public void Cron_expressions_jump_to_what_walking_finds() => Gen.Int[0, int.MaxValue].Sample(
        seed =>
        {
            var random = new Random(seed);
            var cron = SlowCron.Draw(random);
            string zoneName = Zones[random.Next(Zones.Length)];
            var zone = DateTimeZoneProviders.Tzdb[zoneName];
            var start = StartNear(random, zone, new DateTime(random.Next(2010, 2035), random.Next(1, 13), random.Next(1, 29)), 300);
            start = new DateTimeOffset(start.Ticks - (start.Ticks % TimeSpan.TicksPerSecond), TimeSpan.Zero);
            var end = start.AddDays(random.Next(1, 12));

            // Only the wall time of the start counts, so a start in a repeated hour's second pass begins in the first.
            var local = Instant.FromDateTimeOffset(start).InZone(zone).LocalDateTime.ToDateTimeUnspecified();
            var walls = cron.Walk(local, end.UtcDateTime.AddDays(1));
            var expected = Resolve(walls, zone, DateTimeOffset.MinValue, end, skipped: (before, after) => before.WallOffset);
            Compare(cron.Text(), zoneName, CronSchedule.Parse(cron.Text(), zoneName, cron.DayOr), start, end, expected);
        },
        iter: Cases,
        threads: 1);

    private static void Compare(string text, string zone, Schedule schedule, DateTimeOffset start, DateTimeOffset end, List<DateTimeOffset> expected)
    {
        var found = new List<DateTimeOffset>();
        try
        {
            foreach (var date in schedule.GetDates(40, start, end))
                found.Add(date.ToUniversalTime());
        }
        catch (ScheduleEvaluationException) when (expected.Count == 0)
        {
            return;
        }

        if (!found.SequenceEqual(expected))
            Assert.Fail($"{text} in {zone} from {start:O} to {end:O}\nexpected {Show(expected)}\nfound    {Show(found)}");
    }

    // Half of the starts lie within hours of a clock change.
    private static DateTimeOffset StartNear(Random random, DateTimeZone zone, DateTime anchor, int days)
    {
        var at = new DateTimeOffset(anchor.AddDays(random.Next(days)).AddSeconds(random.Next(86400)), TimeSpan.Zero);
        if (random.Next(2) == 0)
        {
            var interval = zone.GetZoneInterval(Instant.FromDateTimeOffset(at));
            if (interval.HasEnd && interval.End - Instant.FromDateTimeOffset(at) < Duration.FromDays(days))
                at = interval.End.ToDateTimeOffset().AddMinutes(random.Next(-300, 120));
        }

        return at;
    }

    private static List<DateTimeOffset> Resolve(
        IEnumerable<DateTime> walls,
        DateTimeZone zone,
        DateTimeOffset start,
        DateTimeOffset end,
        Func<ZoneInterval, ZoneInterval, Offset> skipped)
    {
        var instants = new List<DateTimeOffset>();
        foreach (var wall in walls)
        {
            var mapping = zone.MapLocal(LocalDateTime.FromDateTime(wall));
            var offset = mapping.Count == 0 ? skipped(mapping.EarlyInterval, mapping.LateInterval) : mapping.EarlyInterval.WallOffset;
            var instant = new DateTimeOffset(wall.Ticks - offset.Ticks, TimeSpan.Zero);
            if (instant < start)
                continue;
            if (instant > end)
                break;
            if (!instants.Contains(instant))
                instants.Add(instant);
            if (instants.Count == 40)
                break;
        }

        return instants;
    }

    private static string Show(List<DateTimeOffset> dates) => string.Join(' ', dates.Select(date => date.ToString("yyyy-MM-dd'T'HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture)));
}
