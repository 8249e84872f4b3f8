using System.Globalization;
using System.Text.Json;
using Reeve.Core.Schedules;
using Reeve.Core.Schedules.Batch;

namespace Reeve.Core.Tests.Schedules;

public sealed class GoldenCaseTests(ITestOutputHelper output)
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("cron")]
    [InlineData("interval")]
    [InlineData("rrule")]
    public void Every_worked_example_gives_its_instants(string kind)
    {
        if (SharedExamples.Load() is not { } examples)
        {
            output.WriteLine("No shared/contract beside this checkout: nothing compared.");
            return;
        }

        var wrong = new List<string>();
        int compared = 0;
        foreach (var example in examples.GetProperty("cases").EnumerateArray())
        {
            if (!example.GetProperty("schedule").TryGetProperty(kind, out _))
                continue;

            compared++;
            string found = Evaluate(example);
            string expected = string.Join(' ', Texts(example, "expected")) + "|" + string.Join(' ', Texts(example, "expected_local"))
                + (example.TryGetProperty("raises", out _) ? "|raises" : "");
            if (found != expected)
                wrong.Add($"{example.GetProperty("id")} {example.GetProperty("schedule")} from {example.GetProperty("start")}\n  expected {expected}\n  found    {found}");
        }

        output.WriteLine($"{compared} compared, {wrong.Count} wrong");
        Assert.True(wrong.Count == 0, string.Join('\n', wrong.Take(20)));
        Assert.NotEqual(0, compared);
    }

    private static string Evaluate(JsonElement example)
    {
        var instants = new List<string>();
        var locals = new List<string>();
        string raised = "";
        try
        {
            var schedule = ScheduleJson.Parse(example.GetProperty("schedule"), Now);
            foreach (var date in schedule.GetDates(Number(example, "n"), Bound(schedule, example, "start")!.Value, Bound(schedule, example, "end")))
            {
                var utc = date.ToUniversalTime();
                instants.Add(utc.ToString(utc.Ticks % TimeSpan.TicksPerSecond == 0 ? "yyyy-MM-dd'T'HH:mm:ss'Z'" : "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture));
                locals.Add(LocalTimeText.Format(date));
            }
        }
        catch (ScheduleEvaluationException)
        {
            raised = "|raises";
        }

        return string.Join(' ', instants) + "|" + string.Join(' ', locals) + raised;
    }

    private static IEnumerable<string> Texts(JsonElement example, string name) =>
        example.GetProperty(name).EnumerateArray().Select(text => text.GetString()!);

    private static int? Number(JsonElement example, string name) =>
        example.GetProperty(name) is { ValueKind: JsonValueKind.Number } number ? number.GetInt32() : null;

    private static DateTimeOffset? Bound(Schedule schedule, JsonElement example, string name)
    {
        if (example.GetProperty(name).GetString() is not { } text)
            return null;
        Assert.True(IsoInstant.TryParse(text, schedule, out var instant), text);
        return instant;
    }
}
