using System.Text.Json;
using Reeve.Core.Schedules;
using Reeve.Core.Schedules.Batch;

namespace Reeve.Core.Tests.Schedules;

public sealed class ValidationTests(ITestOutputHelper output)
{
    // Refusals that belong to the JSON reader of the API (unknown keys, missing or mistyped fields), not to the engines.
    private static readonly string[] ReaderErrors = ["missing", "extra_forbidden", "string_type"];

    [Theory]
    [InlineData("cron")]
    [InlineData("interval")]
    [InlineData("rrule")]
    public void Every_worked_input_is_accepted_or_refused_as_stated(string kind)
    {
        if (SharedExamples.Load() is not { } examples)
        {
            output.WriteLine("No shared/contract beside this checkout: nothing compared.");
            return;
        }

        var wrong = new List<string>();
        foreach (var example in examples.GetProperty("validation").EnumerateArray())
        {
            if (example.GetProperty("kind").GetString() == kind && Compare(example) is { } difference)
                wrong.Add($"{example.GetProperty("input")}: {difference}");
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    private static string? Compare(JsonElement example)
    {
        bool valid = example.GetProperty("valid").GetBoolean();
        var error = example.TryGetProperty("errors", out var errors) ? errors[0] : default;
        string type = error.ValueKind == JsonValueKind.Object ? error.GetProperty("type").GetString()! : "";
        if (ReaderErrors.Contains(type))
            return null;

        try
        {
            ScheduleJson.Parse(example.GetProperty("input"), DateTimeOffset.UnixEpoch);
            return valid ? null : $"accepted, expected {error}";
        }
        catch (ScheduleFormatException refusal)
        {
            if (valid)
                return $"refused: {refusal.Message}";
            if (type.Length == 0)
                return null;
            if (refusal.ErrorType != type || refusal.Field != error.GetProperty("field").GetString())
                return $"refused as {refusal.ErrorType} of {refusal.Field}, expected {error}";

            // For rules only the text up to the parser's own words is stable, and time deltas name their fault in the reader's words.
            string expected = error.GetProperty("msg").GetString()!.Replace("Value error, ", "", StringComparison.Ordinal);
            int stable = expected.StartsWith("Invalid RRule string", StringComparison.Ordinal) ? expected.LastIndexOf("\": ", StringComparison.Ordinal) : -1;
            if (stable >= 0)
                return refusal.Problem.StartsWith(expected[..(stable + 3)], StringComparison.Ordinal) ? null : $"said {refusal.Problem}, expected {expected}";
            return type == "value_error" && refusal.Problem != expected ? $"said {refusal.Problem}, expected {expected}" : null;
        }
    }
}
