using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Reeve.Core.Orchestration;
using Reeve.Data;
using Reeve.Server.FlowRuns;
using Reeve.Server.Orchestration;
using Reeve.Testing;

namespace Reeve.Server.Tests.Orchestration;

/// <summary>The task runs that a flow run's transition moves along.</summary>
public sealed class SubflowTests
{
    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task The_task_run_follows_its_subflow_and_gives_back_what_it_holds(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind);
        await LimitAsync(server);
        var (_, flow) = await server.PostAsync("flows/", """{"name":"f"}""");
        var (_, parent) = await server.PostAsync("flow_runs/", $$$"""{"flow_id":"{{{flow!["id"]}}}","state":{"type":"RUNNING"}}""");
        var task = await TaskAsync(server, parent!);
        server.Clock.Advance(TimeSpan.FromSeconds(1));
        await SetAsync(server, $"task_runs/{task}", "RUNNING");
        Assert.Equal((1, 1), await HeldAsync(server));
        var (_, run) = await server.PostAsync("flow_runs/", $$"""{"flow_id":"{{flow["id"]}}"}""");
        // Made its subflow afterwards, as nobody does: creation would have moved it along already.
        await server.Database.ExecuteAsync($"update flow_run set parent_task_run_id = '{task}' where id = '{run!["id"]}'");

        server.Clock.Advance(TimeSpan.FromSeconds(5));
        await SetAsync(server, $"flow_runs/{run["id"]}", "RUNNING");
        Assert.Equal((1, 1), await HeldAsync(server));
        server.Clock.Advance(TimeSpan.FromSeconds(5));
        await SetAsync(server, $"flow_runs/{run["id"]}", "COMPLETED");

        Assert.Equal((0, 0), await HeldAsync(server));
        var (_, followed) = await server.GetAsync($"task_runs/{task}");
        Assert.Equal(("COMPLETED", 2, 10.0), ((string?)followed!["state"]!["type"], (int?)followed["run_count"], (double?)followed["total_run_time"]));
        Assert.Equal(((string?)run["id"], task), ((string?)followed["state"]!["state_details"]!["child_flow_run_id"], (string?)followed["state"]!["state_details"]!["task_run_id"]));
        await RunFacts.AssertWholeAsync(server.Database);
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task A_subflow_that_is_made_running_has_its_task_run_run(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind);
        var (_, flow) = await server.PostAsync("flows/", """{"name":"f"}""");
        var (_, task) = await server.PostAsync("task_runs/", """{"task_key":"t","dynamic_key":"0"}""");
        server.Clock.Advance(TimeSpan.FromSeconds(1));

        await server.PostAsync("flow_runs/", $$$"""{"flow_id":"{{{flow!["id"]}}}","parent_task_run_id":"{{{task!["id"]}}}","state":{"type":"RUNNING"}}""");

        var (_, followed) = await server.GetAsync($"task_runs/{task["id"]}");
        Assert.Equal(("RUNNING", "RUNNING", 1), ((string?)followed!["state_type"], (string?)followed["state"]!["type"], (int?)followed["run_count"]));
        Assert.Equal((string?)followed["state"]!["timestamp"], (string?)followed["start_time"]);
        await RunFacts.AssertWholeAsync(server.Database);
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task A_run_of_a_deployment_that_a_flow_asks_for_has_its_task_run_wait(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind);
        var (_, flow) = await server.PostAsync("flows/", """{"name":"f"}""");
        var (_, deployment) = await server.PostAsync("deployments/", $$"""{"name":"d","flow_id":"{{flow!["id"]}}"}""");
        var (_, task) = await server.PostAsync("task_runs/", """{"task_key":"t","dynamic_key":"0"}""");

        var (status, run) = await server.PostAsync($"deployments/{deployment!["id"]}/create_flow_run", $$"""{"parent_task_run_id":"{{task!["id"]}}","idempotency_key":"k"}""");
        var (again, _) = await server.PostAsync($"deployments/{deployment["id"]}/create_flow_run", $$"""{"parent_task_run_id":"{{task["id"]}}","idempotency_key":"k"}""");

        var (_, followed) = await server.GetAsync($"task_runs/{task["id"]}");
        Assert.Equal((201, 200, "SCHEDULED", "SCHEDULED"), (status, again, (string?)followed!["state_type"], (string?)followed["state"]!["type"]));
        Assert.Equal((string?)run!["id"], (string?)followed["state"]!["state_details"]!["child_flow_run_id"]);
        Assert.Equal(2, await server.Database.ScalarAsync<long>("select count(*) from task_run_state"));
        await RunFacts.AssertWholeAsync(server.Database);
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task A_client_that_leaves_its_tasks_to_the_server_has_the_failed_ones_retried_with_its_flow(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind);
        await LimitAsync(server);
        var (_, flow) = await server.PostAsync("flows/", """{"name":"f"}""");
        var (_, run) = await server.PostAsync("flow_runs/", $$$"""{"flow_id":"{{{flow!["id"]}}}","empirical_policy":{"retries":1},"state":{"type":"RUNNING"}}""");
        var (failed, done) = (await TaskAsync(server, run!, "0"), await TaskAsync(server, run!, "1"));
        await SetAsync(server, $"task_runs/{failed}", "RUNNING");
        await SetAsync(server, $"task_runs/{failed}", "FAILED");
        await SetAsync(server, $"task_runs/{done}", "RUNNING");
        await SetAsync(server, $"task_runs/{done}", "COMPLETED");
        server.Clock.Advance(TimeSpan.FromSeconds(1));

        var meter = new DbMeter();
        DbMeter.Current = meter;
        var moved = await server.Server.Services.GetRequiredService<FlowRunTransitions>().ProposeAsync(
            Guid.Parse((string)run!["id"]!), new FlowRunProposal(StateType.Failed), FlowRunPolicyKind.Core,
            TransitionCaller.Server with { ApiVersion = new ApiVersion(0, 8, 2) }, CancellationToken.None);
        DbMeter.Current = null;

        Assert.Equal(("AwaitingRetry", 2), (moved!.Decision.NewState!.Name, meter.RoundTrips));
        var (_, retried) = await server.GetAsync($"task_runs/{failed}");
        Assert.Equal(("AwaitingRetry", 0), ((string?)retried!["state"]!["name"], (int?)retried["run_count"]));
        var (_, left) = await server.GetAsync($"task_runs/{done}");
        Assert.Equal(("COMPLETED", 1), ((string?)left!["state"]!["type"], (int?)left["run_count"]));
    }

    /// <summary>A limit on one tag, and a row of the old table on another.</summary>
    private static async Task LimitAsync(TestServer server)
    {
        await server.PostAsync("v2/concurrency_limits/", """{"name":"tag:t","limit":1}""");
        await server.Database.ExecuteAsync(
            $"insert into concurrency_limit (id, created, updated, tag, concurrency_limit, active_slots) values ('{Guid.NewGuid()}', '2024-01-01 00:00:00.000000', '2024-01-01 00:00:00.000000', 'old', 1, '[]')");
    }

    private static async Task<string> TaskAsync(TestServer server, JsonNode flowRun, string key = "0")
    {
        var (_, task) = await server.PostAsync("task_runs/", $$"""{"flow_run_id":"{{flowRun["id"]}}","task_key":"t","dynamic_key":"{{key}}","tags":["t","old"]}""");
        return (string)task!["id"]!;
    }

    private static async Task SetAsync(TestServer server, string run, string type)
    {
        var (_, answer) = await server.PostAsync($"{run}/set_state", $$"""{"state":{"type":"{{type}}"} }""");
        Assert.Equal("ACCEPT", (string?)answer!["status"]);
    }

    private static async Task<(long New, long Old)> HeldAsync(TestServer server) => (
        await server.Database.ScalarAsync<long>("select cast(active_slots as bigint) from concurrency_limit_v2 where name = 'tag:t'"),
        await server.Database.ScalarAsync<long>("select count(*) from concurrency_limit where cast(active_slots as varchar(100)) <> '[]'"));
}
