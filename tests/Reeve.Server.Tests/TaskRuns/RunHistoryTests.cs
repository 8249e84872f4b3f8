using System.Globalization;
using System.Text;
using Reeve.Testing;

namespace Reeve.Server.Tests.TaskRuns;

/// <summary>Histories and the dashboard's chart over random runs, against plain sums over the same runs.</summary>
public sealed class RunHistoryTests
{
    private static readonly DateTimeOffset Start = TestClock.Noon.AddHours(-6).AddMicroseconds(250_001);
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(977);
    private static readonly string[] Types = ["SCHEDULED", "PENDING", "RUNNING", "COMPLETED", "FAILED", "CRASHED", "CANCELLED"];

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task A_history_adds_up_to_the_microsecond(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind);
        var runs = Make(new Random(7), 300);
        await InsertAsync(server, runs);
        var end = Start + Interval * 22;

        var (status, history) = await server.PostAsync(
            "task_runs/history", $$"""{"history_start":"{{Wire(Start)}}","history_end":"{{Wire(end)}}","history_interval_seconds":{{Interval.TotalSeconds}}}""");

        Assert.Equal(200, status);
        var told = history!.AsArray().SelectMany(static (span, i) => span!["states"]!.AsArray().Select(state => (
            i, (string)state!["state_type"]!, (string)state["state_name"]!, (int)state["count_runs"]!, (double)state["sum_estimated_run_time"]!, (double)state["sum_estimated_lateness"]!)));
        var expected = runs
            .Where(run => run.Expected >= Start && run.Expected < end)
            .GroupBy(static run => (Span: (int)((run.Expected - Start).Ticks / Interval.Ticks), run.Type, run.Name))
            .OrderBy(static group => group.Key.Span).ThenBy(static group => group.Key.Type, StringComparer.Ordinal).ThenBy(static group => group.Key.Name, StringComparer.Ordinal)
            .Select(static group => (group.Key.Span, group.Key.Type, group.Key.Name, group.Count(),
                group.Sum(static run => RunTime(run).Ticks) / (double)TimeSpan.TicksPerSecond, group.Sum(static run => Lateness(run).Ticks) / (double)TimeSpan.TicksPerSecond));
        Assert.Equal(expected, told.OrderBy(static state => state.i).ThenBy(static state => state.Item2, StringComparer.Ordinal).ThenBy(static state => state.Item3, StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task The_chart_has_twenty_spans_from_the_minute_it_begins_in(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind);
        var runs = Make(new Random(8), 300);
        await InsertAsync(server, runs);

        var (status, chart) = await server.PostAsync("ui/task_runs/dashboard/counts", $$$$"""{"task_runs":{"start_time":{"after_":"{{{{Wire(Start)}}}}"}}}""");

        Assert.Equal(200, status);
        var first = Start.AddMicroseconds(-250_001);
        var window = TestClock.Noon.AddMinutes(1).AddMicroseconds(-1) - first;
        int Of(int span, params string[] types) => runs.Count(run =>
            types.Contains(run.Type) && run.Start >= Start && (run.Start.Value - first).Ticks / 10 * 20 / (window.Ticks / 10) == span);
        Assert.Equal(
            Enumerable.Range(0, 20).Select(span => (Of(span, "COMPLETED", "CANCELLED"), Of(span, "FAILED", "CRASHED"))),
            chart!.AsArray().Select(static span => ((int)span!["completed"]!, (int)span["failed"]!)));
    }

    private static TimeSpan RunTime(Run run) => run.Total + (run.Type == "RUNNING" ? TestClock.Noon - run.Changed : TimeSpan.Zero);

    private static TimeSpan Lateness(Run run)
    {
        if (run.Start is null && run.Type is "COMPLETED" or "FAILED" or "CRASHED" or "CANCELLED") return TimeSpan.Zero;
        var late = (run.Start ?? TestClock.Noon) - run.Expected;
        return late > TimeSpan.Zero ? late : TimeSpan.Zero;
    }

    private static List<Run> Make(Random random, int count)
    {
        TimeSpan Some(double hours) => TimeSpan.FromMicroseconds(random.NextInt64((long)(hours * 3_600_000_000)));
        return [.. Enumerable.Range(0, count).Select(i =>
        {
            // Some on the very edge of a span, some outside of all.
            var expected = i % 10 == 0 ? Start + Interval * random.Next(-1, 23) : TestClock.Noon.AddHours(-7) + Some(8);
            var type = Types[random.Next(Types.Length)];
            return new Run(
                Guid.CreateVersion7(), type, random.Next(2) == 0 ? type : "Other", expected,
                random.Next(4) == 0 ? null : expected - TimeSpan.FromMinutes(2) + Some(0.2), TestClock.Noon.AddHours(-1) + Some(1), Some(30));
        })];
    }

    private static async Task InsertAsync(TestServer server, List<Run> runs)
    {
        var sqlite = server.Database.Kind == DatabaseKind.Sqlite;
        string Instant(DateTimeOffset? at) => at is { } value ? $"'{value:yyyy-MM-dd HH:mm:ss.ffffff}{(sqlite ? "" : "+00")}'" : "null";
        string Duration(TimeSpan span) => sqlite ? Instant(DateTimeOffset.UnixEpoch + span) : $"interval '{(span.Ticks / 10).ToString(CultureInfo.InvariantCulture)} microseconds'";
        var sql = new StringBuilder();
        foreach (var run in runs)
        {
            sql.Append(CultureInfo.InvariantCulture,
                $"""
                insert into task_run (id, name, task_key, dynamic_key, state_type, state_name, expected_start_time, start_time, state_timestamp, total_run_time)
                values ('{run.Id}', 'n', 'k', '{run.Id}', '{run.Type}', '{run.Name}', {Instant(run.Expected)}, {Instant(run.Start)}, {Instant(run.Changed)}, {Duration(run.Total)});

                """);
        }
        await server.Database.ExecuteAsync(sql.ToString());
    }

    private static string Wire(DateTimeOffset at) => at.ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture);

    private sealed record Run(Guid Id, string Type, string Name, DateTimeOffset Expected, DateTimeOffset? Start, DateTimeOffset Changed, TimeSpan Total);
}
