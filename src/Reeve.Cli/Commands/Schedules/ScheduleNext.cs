using System.CommandLine;
using System.Globalization;
using Reeve.Cli.Output;
using Reeve.Core.Schedules;
using Reeve.Core.Schedules.Batch;

namespace Reeve.Cli.Commands.Schedules;

/// <summary><c>schedule next</c>: the instants of a schedule. Asks no server.</summary>
internal static class ScheduleNext
{
    private static readonly Option<string?> Cron = new("--cron") { Description = "A cron expression, such as '0 9 * * 1-5'." };
    private static readonly Option<string?> Interval = new("--interval") { Description = "Seconds, or a duration such as PT1H or P1M." };
    private static readonly Option<string?> Rrule = new("--rrule") { Description = "A recurrence rule, such as 'FREQ=WEEKLY;BYDAY=MO'." };
    private static readonly Option<string?> Timezone = new("--timezone") { Description = "An IANA time zone; UTC without one." };
    private static readonly Option<string?> Anchor = new("--anchor-date") { Description = "Where the interval counts from; now without one." };
    private static readonly Option<bool> DayAnd = new("--day-and") { Description = "Day of month and weekday of a cron expression must both hold." };
    private static readonly Option<string?> After = new("--after", "--start") { Description = "The first instant asked for; now without one." };
    private static readonly Option<int> Count = new("--count", "-n") { Description = "How many instants.", DefaultValueFactory = _ => 10 };
    private static readonly Option<string?> Batch = new("--batch") { Description = "A JSON file {\"cases\": [{\"id\", \"schedule\", \"start\", \"n\", \"end\"}]}; - reads the standard input. Prints {id: [instants]}." };

    public static Command CreateGroup(CliHost host) => new("schedule", "Work with schedules.")
    {
        new Command("next", "Print when a schedule is due next.") { Cron, Interval, Rrule, Timezone, Anchor, DayAnd, After, Count, Batch }.Runs(host, RunAsync),
    };

    private static async Task<int> RunAsync(CommandContext context, CancellationToken cancel)
    {
        var now = context.Host.Clock.GetUtcNow();
        if (context.Get(Batch) is { } file) return await RunBatchAsync(context, file, now, cancel);
        var schedule = Parse(context, now);
        var after = now;
        if (context.Get(After) is { } text && !IsoInstant.TryParse(text, schedule, out after))
            throw new CliException($"--after '{text}' is no date and time; write it as 2025-01-15T10:17:42Z.", ExitCode.Usage);
        var dates = schedule.GetDates(context.Get(Count), after, end: null).ToList();
        if (context.IsJson)
        {
            context.Output.Json(writer =>
            {
                writer.WriteStartArray();
                foreach (var date in dates) writer.WriteStringValue(date);
                writer.WriteEndArray();
            });
        }
        else
        {
            foreach (var date in dates) context.Output.Line(date.ToString(date.Ticks % TimeSpan.TicksPerSecond == 0 ? "yyyy-MM-dd'T'HH:mm:sszzz" : "yyyy-MM-dd'T'HH:mm:ss.ffffffzzz", CultureInfo.InvariantCulture));
        }

        return ExitCode.Success;
    }

    private static Schedule Parse(CommandContext context, DateTimeOffset now)
    {
        var timezone = context.Get(Timezone);
        var given = new[] { context.Get(Cron), context.Get(Interval), context.Get(Rrule) }.Count(value => value is not null);
        if (given != 1) throw new CliException("Give exactly one of --cron, --interval, --rrule and --batch.", ExitCode.Usage);
        if (context.Get(Cron) is { } cron) return CronSchedule.Parse(cron, timezone, dayOr: !context.Get(DayAnd));
        if (context.Get(Rrule) is { } rrule) return RRuleSchedule.Parse(rrule, timezone ?? "UTC");
        var text = context.Get(Interval)!;
        var step = double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds)
            ? ScheduleInterval.FromSeconds(seconds)
            : ScheduleInterval.Parse(text);
        if (context.Get(Anchor) is not { } anchor) return IntervalSchedule.Create(step, now, timezone);
        if (!IsoInstant.TryParse(anchor, out var wall, out var offset)) throw new CliException($"--anchor-date '{anchor}' is no date and time.", ExitCode.Usage);
        return offset is { } shift ? IntervalSchedule.Create(step, new DateTimeOffset(wall, shift), timezone) : IntervalSchedule.CreateFromWall(step, wall, timezone);
    }

    private static async Task<int> RunBatchAsync(CommandContext context, string file, DateTimeOffset now, CancellationToken cancel)
    {
        var json = file == "-" ? System.Text.Encoding.UTF8.GetBytes(await context.Host.In.ReadToEndAsync(cancel)) : await File.ReadAllBytesAsync(file, cancel);
        using var output = new MemoryStream();
        var progress = new ProgressLine(context.Host);
        IReadOnlyList<ScheduleBatchFailure> failures;
        try
        {
            failures = ScheduleBatch.Evaluate(json, output, now, progress.Report);
        }
        catch (System.Text.Json.JsonException error)
        {
            throw new CliException($"{file} is not JSON: {error.Message}");
        }
        finally
        {
            progress.Done();
        }

        context.Output.Raw(System.Text.Encoding.UTF8.GetString(output.GetBuffer(), 0, (int)output.Length));
        foreach (var failure in failures) context.Output.Remark($"{failure.Id}: {failure.Message}");
        return failures.Count == 0 ? ExitCode.Success : ExitCode.Failure;
    }
}
