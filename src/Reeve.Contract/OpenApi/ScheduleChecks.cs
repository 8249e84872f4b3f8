using System.Text.Json;
using Reeve.Core.Schedules;

namespace Reeve.Contract.OpenApi;

/// <summary>Schedules are valid when they can be made.</summary>
internal static class ScheduleChecks
{
    public static CheckFault? Interval(ReadOnlySpan<byte> json) => Try(json, static schedule =>
    {
        var interval = schedule.GetProperty("interval");
        var length = interval.ValueKind == JsonValueKind.Number ? ScheduleInterval.FromSeconds(interval.GetDouble()) : ScheduleInterval.Parse(interval.GetString()!);
        IntervalSchedule.Create(length, DateTimeOffset.UnixEpoch, CheckText.Text(schedule, "timezone"));
    });

    public static CheckFault? Cron(ReadOnlySpan<byte> json) => Try(json, static schedule =>
        CronSchedule.Parse(CheckText.Text(schedule, "cron")!, CheckText.Text(schedule, "timezone")));

    public static CheckFault? RRule(ReadOnlySpan<byte> json) => Try(json, static schedule =>
        RRuleSchedule.Parse(CheckText.Text(schedule, "rrule")!, CheckText.Text(schedule, "timezone")));

    private static CheckFault? Try(ReadOnlySpan<byte> json, Action<JsonElement> make)
    {
        using var document = CheckText.Parse(json);
        try
        {
            make(document.RootElement);
            return null;
        }
        catch (ScheduleFormatException error)
        {
            return new CheckFault($"{error.Problem}. {error.Remedy}", error.Field);
        }
    }
}
