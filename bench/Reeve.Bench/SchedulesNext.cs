using System.Diagnostics;
using System.Globalization;
using Reeve.Core.Schedules;

namespace Reeve.Bench;

/// <summary>The cost of the next hundred instants must not depend on how long ago a rule began.</summary>
internal static class SchedulesNext
{
    private const int Count = 100;
    private const int Rounds = 200;

    public static int Run()
    {
        var now = new DateTimeOffset(2026, 11, 26, 12, 34, 56, TimeSpan.Zero);
        var old = Measure("FREQ=MINUTELY;INTERVAL=5 from 2000", Rule(new DateTime(2000, 1, 1), "FREQ=MINUTELY;INTERVAL=5"), now);
        var young = Measure("FREQ=MINUTELY;INTERVAL=5 from yesterday", Rule(now.UtcDateTime.Date.AddDays(-1), "FREQ=MINUTELY;INTERVAL=5"), now);
        Measure("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1 from 2000", Rule(new DateTime(2000, 1, 1), "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1"), now);
        Measure("cron */5 * * * * in New York", CronSchedule.Parse("*/5 * * * *", "America/New_York"), now);
        var ratio = old / young;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"ratio {ratio:0.00} (must be under 2), from 2000 {old:0.000} ms (must be under 1)"));
        return ratio < 2 && old < 1 ? 0 : 1;
    }

    private static RRuleSchedule Rule(DateTime start, string rule) =>
        RRuleSchedule.Parse($"DTSTART:{start:yyyyMMdd'T'HHmmss}\nRRULE:{rule}", "UTC");

    /// <summary>The median of many rounds, in milliseconds.</summary>
    private static double Measure(string name, Schedule schedule, DateTimeOffset now)
    {
        var times = new double[Rounds];
        for (var round = -Rounds; round < Rounds; round++)
        {
            var began = Stopwatch.GetTimestamp();
            var last = schedule.GetDates(Count, now, end: null).Last();
            if (round >= 0) times[round] = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
            if (last <= now) throw new InvalidOperationException("The schedule gave an instant of the past.");
        }
        Array.Sort(times);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{times[Rounds / 2],8:0.000} ms  {name}"));
        return times[Rounds / 2];
    }
}
