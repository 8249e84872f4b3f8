using System.Text.Json;

namespace Reeve.Core.Schedules.Batch;

/// <summary>Reads a schedule object in the API's JSON form.</summary>
internal static class ScheduleJson
{
    /// <summary>Reads an interval, cron or rrule schedule; the kind is told by its key.</summary>
    /// <param name="json">The object.</param>
    /// <param name="now">The anchor of an interval schedule that names none.</param>
    /// <exception cref="ScheduleFormatException">A field is missing, of the wrong type, or refused by its engine.</exception>
    public static Schedule Parse(JsonElement json, DateTimeOffset now)
    {
        if (json.ValueKind != JsonValueKind.Object)
            throw new ScheduleFormatException(null, "A schedule is an object", "Give one of interval, cron and rrule.");
        string? timezone = OptionalText(json, "timezone");
        if (json.TryGetProperty("interval", out var interval))
            return ParseInterval(interval, json, timezone, now);
        if (json.TryGetProperty("cron", out var cron))
            return CronSchedule.Parse(Text(cron, "cron"), timezone, !json.TryGetProperty("day_or", out var dayOr) || dayOr.ValueKind != JsonValueKind.False);
        if (json.TryGetProperty("rrule", out var rrule))
            return RRuleSchedule.Parse(Text(rrule, "rrule"), json.TryGetProperty("timezone", out _) ? timezone : "UTC");
        throw new ScheduleFormatException(null, "A schedule needs one of interval, cron and rrule", "Give exactly one of them.");
    }

    private static IntervalSchedule ParseInterval(JsonElement interval, JsonElement json, string? timezone, DateTimeOffset now)
    {
        var step = interval.ValueKind switch
        {
            JsonValueKind.Number => ScheduleInterval.FromSeconds(interval.GetDouble()),
            JsonValueKind.True => ScheduleInterval.FromSeconds(1),
            _ => ScheduleInterval.Parse(Text(interval, "interval")),
        };
        if (!json.TryGetProperty("anchor_date", out var anchor))
            return IntervalSchedule.Create(step, now, timezone);
        if (!IsoInstant.TryParse(Text(anchor, "anchor_date"), out var wall, out var offset))
        {
            throw new ScheduleFormatException(
                "anchor_date",
                "Input should be a valid datetime or date",
                $"\"{anchor.GetString()}\" is not of the form 2025-01-01T09:00:00Z.",
                "datetime_from_date_parsing");
        }

        return offset is { } given
            ? IntervalSchedule.Create(step, new DateTimeOffset(wall, given), timezone)
            : IntervalSchedule.CreateFromWall(step, wall, timezone);
    }

    private static string? OptionalText(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? Text(value, name) : null;

    private static string Text(JsonElement value, string field) => value.ValueKind == JsonValueKind.String
        ? value.GetString()!
        : throw new ScheduleFormatException(field, "Input should be a valid string", "Put it in quotes.", "string_type");
}
