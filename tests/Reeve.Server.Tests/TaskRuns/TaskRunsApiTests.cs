using Reeve.Testing;

namespace Reeve.Server.Tests.TaskRuns;

public sealed class TaskRunsApiTests
{
    private const string Done = "0197a000-0000-7000-8000-000000000001";
    private const string Failed = "0197a000-0000-7000-8000-000000000002";
    private const string State = "0197a000-0000-7000-8000-00000000000a";

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task A_run_is_read_with_its_state_and_times(DatabaseKind kind)
    {
        await using var server = await StartAsync(kind);

        var (status, run) = await server.GetAsync($"task_runs/{Done}");
        var (_, forUi) = await server.GetAsync($"ui/task_runs/{Done}");
        var (_, page) = await server.PostAsync("task_runs/paginate", """{"limit":1,"page":2}""");
        var (_, states) = await server.GetAsync($"task_run_states/?task_run_id={Done}");
        var (_, state) = await server.GetAsync($"task_run_states/{State}");

        Assert.Equal(200, status);
        Assert.Equal(5.0, run!["total_run_time"]!.GetValue<double>());
        Assert.Equal(10.0, run["estimated_start_time_delta"]!.GetValue<double>());
        Assert.Equal("""{"answer":42}""", run["state"]!["data"]!.ToJsonString());
        Assert.True(forUi!.AsObject().ContainsKey("flow_run_name"));
        Assert.Equal(run["state"]!.ToJsonString(), state!.ToJsonString());
        Assert.Equal(state.ToJsonString(), Assert.Single(states!.AsArray())!.ToJsonString());
        Assert.Equal((2, 2), (page!["count"]!.GetValue<int>(), page["pages"]!.GetValue<int>()));
        Assert.Equal(Done, Assert.Single(page["results"]!.AsArray())!["id"]!.GetValue<string>());
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Runs_are_filtered_counted_and_told_by_state(DatabaseKind kind)
    {
        await using var server = await StartAsync(kind);

        var (_, tagged) = await server.PostAsync("task_runs/filter", """{"task_runs":{"tags":{"all_":["a"]}},"sort":"NAME_ASC"}""");
        var (_, count) = await server.PostAsync("task_runs/count", """{"task_runs":{"state":{"type":{"any_":["FAILED"]}}}}""");
        var (_, byState) = await server.PostAsync("ui/task_runs/count");

        Assert.Equal(Done, Assert.Single(tagged!.AsArray())!["id"]!.GetValue<string>());
        Assert.Equal(1, count!.GetValue<int>());
        Assert.Equal((1, 1, 0), (byState!["COMPLETED"]!.GetValue<int>(), byState["FAILED"]!.GetValue<int>(), byState["RUNNING"]!.GetValue<int>()));
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task History_puts_a_run_on_the_edge_of_two_spans_into_the_later_one(DatabaseKind kind)
    {
        await using var server = await StartAsync(kind);

        var (status, history) = await server.PostAsync("task_runs/history",
            """{"history_start":"2026-11-01T11:00:00Z","history_end":"2026-11-01T13:00:00Z","history_interval_seconds":1800}""");
        var (tooShort, _) = await server.PostAsync("task_runs/history",
            """{"history_start":"2026-11-01T11:00:00Z","history_end":"2026-11-01T13:00:00Z","history_interval_seconds":0.9}""");

        Assert.Equal((200, 422), (status, tooShort));
        Assert.Equal([0, 0, 1, 1], history!.AsArray().Select(static span => span!["states"]!.AsArray().Count));
        var done = history[2]!["states"]![0]!;
        Assert.Equal("COMPLETED", done["state_type"]!.GetValue<string>());
        Assert.Equal((5.0, 10.0), (done["sum_estimated_run_time"]!.GetValue<double>(), done["sum_estimated_lateness"]!.GetValue<double>()));
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task The_dashboard_needs_a_beginning_and_counts_what_ended_in_twenty_spans(DatabaseKind kind)
    {
        await using var server = await StartAsync(kind);

        var (refused, _) = await server.PostAsync("ui/task_runs/dashboard/counts", """{"task_runs":{}}""");
        var (status, counts) = await server.PostAsync("ui/task_runs/dashboard/counts",
            """{"task_runs":{"start_time":{"after_":"2026-11-01T12:00:00Z","before_":"2026-11-01T12:59:00Z"}}}""");

        Assert.Equal((422, 200), (refused, status));
        Assert.Equal(20, counts!.AsArray().Count);
        Assert.Equal(1, counts[0]!["completed"]!.GetValue<int>());
        Assert.Equal(1, counts[10]!["failed"]!.GetValue<int>());
        Assert.Equal(2, counts.AsArray().Sum(static span => span!["completed"]!.GetValue<int>() + span["failed"]!.GetValue<int>()));
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task A_run_is_renamed_and_deleted_with_its_states(DatabaseKind kind)
    {
        await using var server = await StartAsync(kind);

        var (renamed, _) = await server.PatchAsync($"task_runs/{Done}", """{"name":"other"}""");
        var (_, run) = await server.GetAsync($"task_runs/{Done}");
        var (deleted, _) = await server.DeleteAsync($"task_runs/{Done}");
        var (again, _) = await server.DeleteAsync($"task_runs/{Done}");
        var (missing, _) = await server.PatchAsync($"task_runs/{Done}", """{"name":"other"}""");
        var (state, _) = await server.GetAsync($"task_run_states/{State}");

        Assert.Equal("other", run!["name"]!.GetValue<string>());
        Assert.Equal((204, 204, 404, 404, 404), (renamed, deleted, again, missing, state));
    }

    /// <summary>One run that completed ten seconds late, one that failed on time half an hour later.</summary>
    private static async Task<TestServer> StartAsync(DatabaseKind kind)
    {
        var server = await TestServer.StartAsync(kind);
        var fiveSeconds = kind == DatabaseKind.Postgres ? "00:00:05" : "1970-01-01 00:00:05.000000";
        var zone = kind == DatabaseKind.Postgres ? "+00" : "";
        string Run(string id, string name, string tags, string type, string expected, string started, string? state) =>
            $"""
            insert into task_run (id, name, task_key, dynamic_key, tags, state_type, state_name, state_timestamp, expected_start_time, start_time, end_time, total_run_time, state_id, run_count, flow_run_run_count)
            values ('{id}', '{name}', 'k', '{name}', '{tags}', '{type}', '{name}', '{started}{zone}', '{expected}{zone}', '{started}{zone}', '{started}{zone}', '{fiveSeconds}', {(state is null ? "null" : $"'{state}'")}, 1, 0)
            """;
        await server.Database.ExecuteAsync(
            Run(Done, "Completed", """["a","b"]""", "COMPLETED", "2026-11-01 12:00:00.000000", "2026-11-01 12:00:10.000000", State));
        await server.Database.ExecuteAsync(
            Run(Failed, "Failed", "[]", "FAILED", "2026-11-01 12:30:00.000000", "2026-11-01 12:30:00.000000", null));
        await server.Database.ExecuteAsync(
            $$"""
            insert into task_run_state (id, task_run_id, type, name, timestamp, data)
            values ('{{State}}', '{{Done}}', 'COMPLETED', 'Completed', '2026-11-01 12:00:10.000000{{zone}}', '{"answer":42}')
            """);
        return server;
    }
}
