using System.Text.Json.Nodes;
using Reeve.Server.Tests.FlowRuns;
using Reeve.Testing;

namespace Reeve.Server.Tests.Diagnostics;

public sealed class DoctorTests
{
    [Theory]
    [InlineData(DatabaseKind.Postgres)]
    [InlineData(DatabaseKind.Sqlite)]
    public async Task A_sound_installation_passes_every_check_it_is_asked_about(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind);
        var (status, answer) = await server.GetAsync("reeve/diagnostics");
        Assert.Equal(200, status);
        Assert.Equal(
            ["database", "schema", "connections", "idle-transactions", "locks", "settings", "clocks", "processes", "services", "late-runs", "events", "actions"],
            answer!["checks"]!.AsArray().Select(static check => (string)check!["name"]!));
        foreach (var name in (string[])["database", "schema", "connections", "idle-transactions", "locks", "late-runs", "events", "actions"])
        {
            var check = Check(answer, name);
            Assert.True((string?)check["status"] == "ok", check.ToJsonString());
            Assert.Null(check["fix"]);
        }
        Assert.NotEqual("fail", (string?)answer["status"]);
    }

    [Theory]
    [InlineData(DatabaseKind.Postgres)]
    [InlineData(DatabaseKind.Sqlite)]
    public async Task Settings_without_effect_and_misspelt_ones_are_named_with_their_source(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind, null, "PREFECT_SERVER_ANALYTICS_ENABLED=true", "PREFECT_SERVER_API_PROT=1");
        var check = Check(await ExamineAsync(server), "settings");
        Assert.Equal("warn", (string?)check["status"]);
        Assert.Contains("PREFECT_SERVER_ANALYTICS_ENABLED (environment) has no effect", Evidence(check), StringComparison.Ordinal);
        Assert.Contains("PREFECT_SERVER_API_PROT (environment) is not a setting. Did you mean PREFECT_SERVER_API_PORT?", Evidence(check), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(DatabaseKind.Postgres)]
    [InlineData(DatabaseKind.Sqlite)]
    public async Task Runs_that_nobody_takes_are_counted_by_pool(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind);
        await server.PostAsync("work_pools/", """{"name":"p","type":"process"}""");
        var run = await Runs.ScheduledAsync(server, server.Clock.GetUtcNow().AddMinutes(-10));
        await Runs.ScheduledAsync(server, server.Clock.GetUtcNow().AddMinutes(-5));
        await Runs.ScheduledAsync(server, server.Clock.GetUtcNow().AddMinutes(5));
        await server.Database.ExecuteAsync($"update flow_run set work_queue_id = (select id from work_queue where name = 'default' and work_pool_id = (select id from work_pool where name = 'p')) where id = '{run}'");
        var check = Check(await ExamineAsync(server), "late-runs");
        Assert.Equal("warn", (string?)check["status"]);
        Assert.Contains("1 runs of work pool 'p' are late, the oldest by 600 s.", Evidence(check), StringComparison.Ordinal);
        Assert.Contains("1 runs without a work pool are late, the oldest by 300 s.", Evidence(check), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(DatabaseKind.Postgres)]
    [InlineData(DatabaseKind.Sqlite)]
    public async Task Events_that_are_not_handed_on_fail_after_five_minutes(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind);
        var now = kind == DatabaseKind.Postgres ? "now() - interval '10 minutes'" : "strftime('%Y-%m-%d %H:%M:%f000', 'now', '-10 minutes')";
        await server.Database.ExecuteAsync($"insert into reeve_outbox (occurred, event, created) values ({now}, '{{}}', {now})");
        var answer = await ExamineAsync(server);
        Assert.Equal("fail", (string?)Check(answer, "events")["status"]);
        Assert.StartsWith("1 events wait to be handed on, the oldest for 60", Evidence(Check(answer, "events")), StringComparison.Ordinal);
        Assert.Equal("fail", (string?)answer["status"]);
    }

    [Theory]
    [InlineData(DatabaseKind.Postgres)]
    [InlineData(DatabaseKind.Sqlite)]
    public async Task Actions_that_wait_and_actions_that_were_given_up_are_counted(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind);
        var now = server.Clock.GetUtcNow();
        await AddAsync("waiting", now.AddMinutes(-6), null);
        await AddAsync("waiting", now.AddMinutes(5), null);
        await AddAsync("done", now.AddMinutes(-8), now.AddMinutes(-8));
        await AddAsync("dead", now.AddMinutes(-8), now.AddMinutes(-8));
        await AddAsync("dead", now.AddHours(-3), now.AddHours(-2));
        var check = Check(await ExamineAsync(server), "actions");
        Assert.Equal("fail", (string?)check["status"]);
        Assert.Equal("1 actions of automations are due, the oldest for 360 s.\n1 actions were given up in the last hour, after as many attempts as are made.", Evidence(check));

        Task AddAsync(string status, DateTimeOffset due, DateTimeOffset? finished)
        {
            string Instant(DateTimeOffset? at) => at is { } when ? $"'{when:yyyy-MM-dd HH:mm:ss.ffffff}{(kind == DatabaseKind.Postgres ? "+00" : "")}'" : "null";
            return server.Database.ExecuteAsync(
                "insert into reeve_action (id, automation_id, firing_id, action_index, action_type, body, depth, status, attempts, due, created, finished) values "
                + $"('{Guid.NewGuid()}', '{Guid.NewGuid()}', '{Guid.NewGuid()}', 0, 'do-nothing', '{{}}', 0, '{status}', 1, {Instant(due)}, {Instant(due)}, {Instant(finished)})");
        }
    }

    [Theory]
    [InlineData(DatabaseKind.Postgres)]
    [InlineData(DatabaseKind.Sqlite)]
    public async Task A_schema_of_others_and_a_clock_that_is_wrong_are_seen(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind);
        await server.Database.ExecuteAsync("delete from reeve_migration where number = 9");
        var beat = kind == DatabaseKind.Postgres ? "now()" : "strftime('%Y-%m-%d %H:%M:%f000', 'now')";
        foreach (var (id, skew, version) in ((int, string, string)[])[(1, "0", "1"), (2, "7.5", "2")])
        {
            await server.Database.ExecuteAsync(
                "insert into reeve_process (id, host, pid, version, role, address, services, settings, clock_skew, started, beat) "
                + $"values ('00000000-0000-4000-8000-00000000000{id}', 'there', {id}, '{version}', 'services', null, '', '', {skew}, {beat}, {beat})");
        }
        var answer = await ExamineAsync(server);
        Assert.Equal("Migrations 9 have not been done.", Evidence(Check(answer, "schema")));
        Assert.StartsWith("The clock of there/2 (services) is 7.5 s before the database's", Evidence(Check(answer, "clocks")), StringComparison.Ordinal);
        Assert.Contains("The version differs: '1' at there/1", Evidence(Check(answer, "processes")), StringComparison.Ordinal);
        Assert.DoesNotContain("clock", Evidence(Check(answer, "processes")), StringComparison.Ordinal);

        await server.Database.ExecuteAsync("update alembic_version set version_num = 'cafe'");
        var other = Check(await ExamineAsync(server), "schema");
        Assert.Equal("fail", (string?)other["status"]);
        Assert.StartsWith("Prefect's revision is cafe; this program works with ", Evidence(other), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_transaction_that_idles_and_who_waits_for_its_locks_are_named()
    {
        await using var server = await TestServer.StartAsync(DatabaseKind.Postgres);
        await using var idle = await server.Database.OpenAsync();
        await using var transaction = await idle.BeginTransactionAsync();
        await using var command = idle.CreateCommand();
        command.CommandText = "set local application_name = 'sleeper'; lock table saved_search";
        await command.ExecuteNonQueryAsync();
        var waiting = Task.Run(() => server.Database.ExecuteAsync("set application_name = 'waiter'; delete from saved_search"));

        var answer = await Eventually.GetAsync(
            "locks", "diagnostics", () => ExamineAsync(server), static answer => Evidence(Check(answer, "locks")).Contains("(waiter)", StringComparison.Ordinal), "a session that waits");
        Assert.Contains("(sleeper).", Evidence(Check(answer, "locks")), StringComparison.Ordinal);
        Assert.NotEqual("ok", (string?)Check(answer, "locks")["status"]);
        Assert.Contains("(sleeper) has idled in a transaction for ", Evidence(Check(answer, "idle-transactions")), StringComparison.Ordinal);
        await transaction.RollbackAsync();
        await waiting;
    }

    [Fact]
    public async Task A_session_that_waits_for_the_rest_of_a_batch_idles_too_though_PostgreSQL_calls_it_active()
    {
        await using var server = await TestServer.StartAsync(DatabaseKind.Postgres);
        var database = server.Database.ConnectionString;
        using var half = await HalfSentBatch.StartAsync(database, new Npgsql.NpgsqlConnectionStringBuilder(database).Port, "half sent", "delete from saved_search");

        var answer = await Eventually.GetAsync(
            "a batch", "diagnostics", () => ExamineAsync(server), static answer => (string?)Check(answer, "idle-transactions")["status"] == "warn", "a session that waits");

        Assert.Contains("(half sent) has idled in a transaction for ", Evidence(Check(answer, "idle-transactions")), StringComparison.Ordinal);
    }

    private static async Task<JsonNode> ExamineAsync(TestServer server)
    {
        var (status, answer) = await server.GetAsync("reeve/diagnostics");
        Assert.True(status == 200, answer?.ToJsonString());
        return answer!;
    }

    private static JsonNode Check(JsonNode answer, string name) => answer["checks"]!.AsArray().Single(check => (string?)check!["name"] == name)!;

    private static string Evidence(JsonNode check) => string.Join('\n', check["evidence"]!.AsArray().Select(static line => (string)line!));
}
