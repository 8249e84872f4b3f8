using System.Net;
using System.Text.Json.Nodes;
using Reeve.Server.Hosting;
using Reeve.Server.Processes;
using Reeve.Testing;

namespace Reeve.Server.Tests.Services;

public sealed class ServiceMetricsTests
{
    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task What_a_service_costs_is_listed_and_offered_to_prometheus(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(
            kind, new ServerRole { OnlyServices = ["MarkLateRuns", "Foreman"] }, "PREFECT_API_ENABLE_METRICS=true");
        await Eventually.TrueAsync("first passes", "both services", async () =>
            (await ServiceAsync(server, "MarkLateRuns"))["last_success"] is not null && (await ServiceAsync(server, "Foreman"))["last_success"] is not null, "to have passed");

        var late = await ServiceAsync(server, "MarkLateRuns");
        Assert.Equal(("healthy", true), ((string?)late["state"], (bool)late["runs_here"]!));
        Assert.True((long)late["statements"]! >= 1 && (long)late["round_trips"]! >= 1);
        Assert.True((double)late["database_seconds"]! > 0);
        Assert.Equal($"{Environment.MachineName}:{Environment.ProcessId}", (string?)late["replica"]);
        // A pass of it is one batch of several statements.
        var foreman = await ServiceAsync(server, "Foreman");
        Assert.True((long)foreman["statements"]! > (long)foreman["round_trips"]!);
        Assert.Equal("off", (string?)(await ServiceAsync(server, "Scheduler"))["state"]);
        Assert.Equal("Scheduler", (string?)(await ServiceAsync(server, "RecentDeploymentsScheduler"))["part_of"]);

        using var answer = await server.Http.GetAsync("metrics");
        var text = await answer.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("reeve_service_db_statements", text, StringComparison.Ordinal);
        Assert.Contains("reeve_service_name=\"MarkLateRuns\"", text, StringComparison.Ordinal);
        Assert.Contains("reeve_service_running", text, StringComparison.Ordinal);
        foreach (var document in (string[])["openapi.json", "/openapi.json"])
        {
            Assert.NotNull(JsonNode.Parse(await server.Http.GetStringAsync(document))!["paths"]!["/metrics"]!["get"]);
        }
    }

    [Fact]
    public async Task Nothing_is_offered_unless_asked_for()
    {
        await using var server = await TestServer.StartAsync(DatabaseKind.Sqlite);
        Assert.Equal(404, (await server.GetAsync("metrics")).Status);
        Assert.Null((await server.GetAsync("openapi.json")).Body!["paths"]!["/metrics"]);
    }

    /// <summary>An API without services tells of those that other processes run, as they last told.</summary>
    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Services_of_other_processes_are_listed_with_their_replica(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind);
        await using var other = await server.StartBesideAsync(new ServerRole { ServesApi = false, OnlyServices = ["MarkLateRuns"] });
        var late = await Eventually.GetAsync("services of another process", "MarkLateRuns", async () =>
        {
            server.Clock.Advance(ProcessBeats.Interval);
            return await ServiceAsync(server, "MarkLateRuns");
        }, static service => (string?)service["state"] == "healthy", "to be told of");
        Assert.Equal((false, $"{Environment.MachineName}:{Environment.ProcessId}"), ((bool)late["runs_here"]!, (string?)late["replica"]));
        Assert.True((long)late["runs"]! >= 1 && (long)late["statements"]! >= 1);
        Assert.NotNull(late["last_success"]);
        Assert.Equal(("off", null), ((string?)(await ServiceAsync(server, "Foreman"))["state"], (string?)(await ServiceAsync(server, "Foreman"))["replica"]));
        var processes = (await server.GetAsync("reeve/processes")).Body!["processes"]!.AsArray();
        Assert.Contains(processes, static process => process!["services"]!.ToJsonString() == """["MarkLateRuns"]""");

        // One more runs it here: each is listed, this process first.
        await using var both = await server.StartBesideAsync(new ServerRole { OnlyServices = ["MarkLateRuns"] });
        var listed = (await both.GetAsync("reeve/services")).Body!.AsArray().Where(static service => (string?)service!["name"] == "MarkLateRuns").ToList();
        Assert.Equal([true, false], listed.Select(static service => (bool)service!["runs_here"]!));

        await server.Database.ExecuteAsync(kind == DatabaseKind.Postgres
            ? "update reeve_process set beat = beat - interval '10 minutes'"
            : "update reeve_process set beat = '2020-01-01 00:00:00.000000'");
        Assert.Equal("silent", (string?)(await ServiceAsync(server, "MarkLateRuns"))["state"]);
    }

    [Fact]
    public async Task Metrics_are_behind_the_credentials_of_the_api()
    {
        await using var server = await TestServer.StartAsync(
            DatabaseKind.Sqlite, null, "PREFECT_SERVER_METRICS_ENABLED=true", "PREFECT_SERVER_API_AUTH_STRING=a:b");
        Assert.Equal(401, (await server.GetAsync("metrics")).Status);
    }

    [Fact]
    public async Task A_process_is_not_ready_while_a_service_of_it_keeps_failing()
    {
        await using var server = await TestServer.StartAsync(
            DatabaseKind.Sqlite, new ServerRole { OnlyServices = ["MarkLateRuns"] }, "PREFECT_API_SERVICES_LATE_RUNS_LOOP_SECONDS=1");
        Assert.Equal(200, (await server.GetAsync("ready")).Status);
        await server.Database.ExecuteAsync("alter table flow_run rename column next_scheduled_start_time to gone");
        await FailAsync(server, "a failing service to show", status => status == 503);
        var (_, body) = await server.GetAsync("ready");
        Assert.Equal("Service MarkLateRuns of this process does not run", (string?)body!["message"]);
        await server.Database.ExecuteAsync("alter table flow_run rename column gone to next_scheduled_start_time");
        await FailAsync(server, "the service to heal", status => status == 200);
    }

    private static Task FailAsync(TestServer server, string expected, Func<int, bool> met) =>
        Eventually.TrueAsync("readiness", "the process", async () =>
        {
            server.Clock.Advance(TimeSpan.FromSeconds(30));
            return met((await server.GetAsync("ready")).Status);
        }, expected);

    [Theory]
    [InlineData("PREFECT_SERVER_SERVICES_LATE_RUNS_ENABLED", "MarkLateRuns")]
    [InlineData("PREFECT_API_SERVICES_LATE_RUNS_ENABLED", "MarkLateRuns")]
    [InlineData("PREFECT_API_SERVICES_SCHEDULER_ENABLED", "Scheduler")]
    [InlineData("PREFECT_API_SERVICES_PAUSE_EXPIRATIONS_ENABLED", "FailExpiredPauses")]
    [InlineData("PREFECT_API_SERVICES_CANCELLATION_CLEANUP_ENABLED", "CancellationCleanup")]
    [InlineData("PREFECT_API_SERVICES_FOREMAN_ENABLED", "Foreman")]
    [InlineData("PREFECT_SERVER_SERVICES_CLEANUP_RECONCILER_ENABLED", "CleanupReconciler")]
    public async Task Each_service_is_switched_off_by_its_variable_in_any_spelling(string variable, string service)
    {
        await using var off = await TestServer.StartAsync(DatabaseKind.Sqlite, new ServerRole(), $"{variable}=false");
        Assert.Equal((false, false), await SwitchAsync(off, service));
        await using var on = await TestServer.StartAsync(DatabaseKind.Sqlite, new ServerRole(), $"{variable}=true");
        Assert.Equal((true, true), await SwitchAsync(on, service));
    }

    private static async Task<(bool Enabled, bool Runs)> SwitchAsync(TestServer server, string name)
    {
        var service = await ServiceAsync(server, name);
        return ((bool)service["enabled"]!, (bool)service["runs_here"]!);
    }

    private static async Task<JsonNode> ServiceAsync(TestServer server, string name) =>
        (await server.GetAsync("reeve/services")).Body!.AsArray().Single(service => (string?)service!["name"] == name)!;
}
