using System.Globalization;
using Reeve.Core.Schedules;

namespace Reeve.Core.Tests.Schedules;

/// <summary>Cases of our own, for checkouts that have no contract beside them.</summary>
public sealed class OwnCaseTests
{
    [Theory]
    [InlineData("*/20 9 * * mon-fri", "UTC", "2026-01-02T09:30:00Z", "2026-01-02T09:40 2026-01-05T09:00 2026-01-05T09:20")]
    [InlineData("0 0 L 2 *", "UTC", "2027-01-01T00:00:00Z", "2027-02-28T00:00 2028-02-29T00:00 2029-02-28T00:00")]
    [InlineData("0 8 * * fri#2", "UTC", "2026-01-10T00:00:00Z", "2026-02-13T08:00 2026-03-13T08:00 2026-04-10T08:00")]
    [InlineData("0 8 * * L1", "UTC", "2026-01-10T00:00:00Z", "2026-01-26T08:00 2026-02-23T08:00 2026-03-30T08:00")]
    [InlineData("45-15/20 3 * * *", "UTC", "2026-01-10T00:00:00Z", "2026-01-10T03:06 2026-01-10T03:45 2026-01-11T03:06")]
    [InlineData("30 2 * * *", "Europe/Berlin", "2026-03-28T12:00:00Z", "2026-03-29T01:30 2026-03-30T00:30 2026-03-31T00:30")]
    [InlineData("0 * * * *", "Europe/Berlin", "2026-10-24T23:30:00Z", "2026-10-25T00:00 2026-10-25T02:00 2026-10-25T03:00")]
    public void Cron_gives(string cron, string zone, string start, string expected) =>
        Assert.Equal(expected, Show(CronSchedule.Parse(cron, zone).GetDates(3, At(start), null)));

    [Theory]
    [InlineData("DTSTART:19700101T000000\nRRULE:FREQ=SECONDLY;INTERVAL=3600", "UTC", "2026-01-01T00:30:00Z", "2026-01-01T01:00 2026-01-01T02:00 2026-01-01T03:00")]
    [InlineData("DTSTART:20260101T100000\nRRULE:FREQ=DAILY;COUNT=4", "UTC", "2026-01-03T00:00:00Z", "2026-01-03T10:00 2026-01-04T10:00")]
    [InlineData("DTSTART:20260101T100000\nRRULE:FREQ=MINUTELY;BYHOUR=10;COUNT=62", "UTC", "2026-01-02T09:00:00Z", "2026-01-02T10:00 2026-01-02T10:01")]
    [InlineData("DTSTART:20260101T100000\nRRULE:FREQ=DAILY\nEXRULE:FREQ=DAILY;INTERVAL=2\nRDATE:20260103T120000", "UTC", "2026-01-01T00:00:00Z", "2026-01-02T10:00 2026-01-03T12:00 2026-01-04T10:00")]
    [InlineData("DTSTART:20260101T023000\nRRULE:FREQ=DAILY", "Europe/Berlin", "2026-03-28T12:00:00Z", "2026-03-29T00:30 2026-03-30T00:30 2026-03-31T00:30")]
    [InlineData("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "UTC", "2026-01-01T00:00:00Z", "2026-01-30T00:00 2026-02-27T00:00 2026-03-31T00:00")]
    [InlineData("FREQ=YEARLY;BYEASTER=-2", "UTC", "2026-01-01T00:00:00Z", "2026-04-03T00:00 2027-03-26T00:00 2028-04-14T00:00")]
    [InlineData("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "UTC", "2026-01-01T00:00:00Z", "")]
    [InlineData("DTSTART:20200106T000000\nRRULE:FREQ=DAILY;INTERVAL=7;BYDAY=TU", "UTC", "2026-01-01T00:00:00Z", "")]
    public void Rules_give(string rule, string zone, string start, string expected) =>
        Assert.Equal(expected, Show(RRuleSchedule.Parse(rule, zone).GetDates(3, At(start), null)));

    [Theory]
    [InlineData("PT6H", "2026-10-24T23:00:00Z", "2026-10-25T04:00 2026-10-25T10:00 2026-10-25T16:00")]
    [InlineData("P1D", "2026-10-24T10:00:00Z", "2026-10-24T16:00 2026-10-25T17:00 2026-10-26T17:00")]
    [InlineData("1 day, 00:00:00", "2026-10-24T10:00:00Z", "2026-10-24T16:00 2026-10-25T17:00 2026-10-26T17:00")]
    [InlineData("P1D", "2026-10-26T10:00:00Z", "2026-10-26T16:00 2026-10-27T16:00 2026-10-28T16:00")]
    public void Intervals_give(string interval, string start, string expected)
    {
        var schedule = IntervalSchedule.Create(ScheduleInterval.Parse(interval), At("2026-07-01T16:00:00Z"), "Europe/Berlin");
        Assert.Equal(expected, Show(schedule.GetDates(3, At(start), null)));
    }

    [Fact]
    public void A_cron_that_can_never_match_says_so_when_asked()
    {
        var never = CronSchedule.Parse("0 0 30 2 *");
        var fault = Assert.Throws<ScheduleEvaluationException>(() => never.GetDates(1, At("2026-01-01T00:00:00Z"), null).ToList());
        Assert.Equal("cron", fault.Field);
    }

    [Fact]
    public void A_count_of_a_thousand_million_is_not_walked()
    {
        var rule = RRuleSchedule.Parse("DTSTART:20000101T000000\nRRULE:FREQ=SECONDLY;BYHOUR=9;BYDAY=MO;COUNT=1000000000");
        Assert.Equal("2026-01-05T09:00 2026-01-05T09:00", Show(rule.OccurrencesAfter(At("2026-01-01T00:00:00Z"), inclusive: true).Take(2)));
    }

    [Fact]
    public void Refusals_name_the_field_the_problem_and_a_way_out()
    {
        var cron = Assert.Throws<ScheduleFormatException>(() => CronSchedule.Parse("61 * * * *"));
        Assert.Equal(("cron", "Invalid cron string: \"61 * * * *\""), (cron.Field, cron.Problem));
        Assert.Contains("0 to 59", cron.Message, StringComparison.Ordinal);
        var zone = Assert.Throws<ScheduleFormatException>(() => CronSchedule.Parse("* * * * *", "Mars/Phobos"));
        Assert.StartsWith("Invalid timezone: \"Mars/Phobos\"", zone.Problem, StringComparison.Ordinal);
        var rule = Assert.Throws<ScheduleFormatException>(() => RRuleSchedule.Parse("RDATE:" + string.Join(',', Enumerable.Repeat("20250101T000000", 420))));
        Assert.Contains("Max length is 6500", rule.Problem, StringComparison.Ordinal);
    }

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    private static string Show(IEnumerable<DateTimeOffset> dates) =>
        string.Join(' ', dates.Select(date => date.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture)));
}
