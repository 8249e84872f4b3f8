using System.Globalization;
using System.Text.Json;

namespace Reeve.Core.Schedules.Batch;

/// <summary>Evaluates many schedules at once, from JSON to JSON.</summary>
public static class ScheduleBatch
{
    /// <summary>
    /// Reads <c>{"cases": [{"id", "schedule", "start", "n", "end"}]}</c>, or the bare array, and writes <c>{"id": [instant]}</c>.
    /// Instants are UTC in generation order (<c>2025-01-15T10:18:00Z</c>, six fraction digits when there are any). A schedule that comes to
    /// an end keeps the instants it gave.
    /// </summary>
    /// <param name="json">UTF-8 text.</param>
    /// <param name="output">Where the answer goes; it is flushed, not closed.</param>
    /// <param name="now">Start of cases without one, and anchor of intervals without one.</param>
    /// <param name="progress">Told after each case how many are done, of how many.</param>
    /// <returns>The cases that failed, in order.</returns>
    /// <exception cref="JsonException">The text is not JSON.</exception>
    /// <exception cref="ScheduleFormatException">It is not of that form.</exception>
    public static IReadOnlyList<ScheduleBatchFailure> Evaluate(
        ReadOnlyMemory<byte> json, Stream output, DateTimeOffset now, Action<int, int>? progress = null)
    {
        using var document = JsonDocument.Parse(json);
        return Evaluate(document.RootElement, output, now, progress);
    }

    /// <inheritdoc cref="Evaluate(ReadOnlyMemory{byte}, Stream, DateTimeOffset, Action{int, int})"/>
    public static IReadOnlyList<ScheduleBatchFailure> Evaluate(Stream json, Stream output, DateTimeOffset now)
    {
        using var document = JsonDocument.Parse(json);
        return Evaluate(document.RootElement, output, now, progress: null);
    }

    private static List<ScheduleBatchFailure> Evaluate(JsonElement root, Stream output, DateTimeOffset now, Action<int, int>? progress)
    {
        var cases = root.ValueKind == JsonValueKind.Object && root.TryGetProperty("cases", out var inner) ? inner : root;
        if (cases.ValueKind != JsonValueKind.Array)
            throw new ScheduleFormatException("cases", "A batch is a list of cases", "Give {\"cases\": [{\"id\": ..., \"schedule\": ..., \"start\": ...}]}.");

        var failures = new List<ScheduleBatchFailure>();
        using var writer = new Utf8JsonWriter(output);
        writer.WriteStartObject();
        int position = 0;
        int total = cases.GetArrayLength();
        foreach (var item in cases.EnumerateArray())
        {
            string id = (item.ValueKind == JsonValueKind.Object && item.TryGetProperty("id", out var given) ? given.ToString() : null)
                ?? position.ToString(CultureInfo.InvariantCulture);
            position++;
            writer.WriteStartArray(id);
            try
            {
                WriteDates(writer, item, now);
            }
            catch (Exception fault) when (fault is ScheduleFormatException or ScheduleEvaluationException)
            {
                failures.Add(new ScheduleBatchFailure(id, fault.Message));
            }

            writer.WriteEndArray();
            progress?.Invoke(position, total);
        }

        writer.WriteEndObject();
        writer.Flush();
        return failures;
    }

    private static void WriteDates(Utf8JsonWriter writer, JsonElement item, DateTimeOffset now)
    {
        if (item.ValueKind != JsonValueKind.Object || !item.TryGetProperty("schedule", out var json))
            throw new ScheduleFormatException("schedule", "It is missing", "Give an object with interval, cron or rrule.");

        var schedule = ScheduleJson.Parse(json, now);
        int? n = null;
        if (item.TryGetProperty("n", out var number) && number.ValueKind != JsonValueKind.Null)
        {
            if (number.ValueKind != JsonValueKind.Number || !number.TryGetInt32(out int count))
                throw new ScheduleFormatException("n", "It is not a whole number", "Give the greatest number of instants, or null.");
            n = count;
        }

        foreach (var date in schedule.GetDates(n, Bound(item, "start", schedule) ?? now, Bound(item, "end", schedule)))
            writer.WriteStringValue(Format(date));
    }

    private static DateTimeOffset? Bound(JsonElement item, string name, Schedule schedule)
    {
        if (!item.TryGetProperty(name, out var text) || text.ValueKind == JsonValueKind.Null)
            return null;
        return text.ValueKind == JsonValueKind.String && IsoInstant.TryParse(text.GetString(), schedule, out var instant)
            ? instant
            : throw new ScheduleFormatException(name, $"{text} is no date and time", "Write it as 2025-01-15T10:17:42Z.");
    }

    private static string Format(DateTimeOffset date) => date.UtcDateTime.ToString(
        date.Ticks % TimeSpan.TicksPerSecond == 0 ? "yyyy-MM-dd'T'HH:mm:ss'Z'" : "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'",
        CultureInfo.InvariantCulture);
}
