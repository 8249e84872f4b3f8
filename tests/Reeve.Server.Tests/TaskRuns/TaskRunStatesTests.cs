using System.Text.Json.Nodes;
using Reeve.Testing;

namespace Reeve.Server.Tests.TaskRuns;

public sealed class TaskRunStatesTests
{
    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task A_task_run_is_created_once_for_its_keys(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind);
        var flowRun = await FlowRunAsync(server);
        var inFlow = $$"""{"flow_run_id":"{{flowRun}}","task_key":"t","dynamic_key":"0","tags":["a"],"labels":{"env":"dev"} }""";
        const string Alone = """{"flow_run_id":null,"task_key":"t","dynamic_key":"0"}""";

        var (first, run) = await server.PostAsync("task_runs/", inFlow);
        var (second, again) = await server.PostAsync("task_runs/", inFlow);
        var (alone, _) = await server.PostAsync("task_runs/", Alone);
        var (aloneAgain, _) = await server.PostAsync("task_runs/", Alone);
        var (orphan, _) = await server.PostAsync("task_runs/", $$"""{"flow_run_id":"{{Guid.NewGuid()}}","task_key":"t","dynamic_key":"0"}""");
        var (longKey, _) = await server.PostAsync("task_runs/", $$"""{"flow_run_id":null,"task_key":"t","dynamic_key":"1","cache_key":"{{new string('k', 2001)}}"}""");

        Assert.Equal((201, 200, 201, 200, 409, 422), (first, second, alone, aloneAgain, orphan, longKey));
        Assert.Equal((string?)run!["id"], (string?)again!["id"]);
        Assert.Equal("PENDING", (string?)run["state"]!["type"]);
        Assert.Equal(flowRun, (string?)run["labels"]!["prefect.flow-run.id"]);
        Assert.Equal("dev", (string?)run["labels"]!["env"]);
        Assert.Equal(2, await server.Database.ScalarAsync<long>("select count(*) from task_run"));
        Assert.Equal(2, await server.Database.ScalarAsync<long>("select count(*) from task_run_state"));
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task A_failed_task_is_retried_until_its_retries_are_used_up(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind);
        var run = await TaskRunAsync(server, """ "empirical_policy":{"retries":1,"retry_delay":0} """);

        Assert.Equal("ACCEPT Running", await SetAsync(server, run, """{"type":"RUNNING"}"""));
        Assert.Equal("REJECT AwaitingRetry", await SetAsync(server, run, """{"type":"FAILED","message":"no"}"""));
        Assert.Equal("ACCEPT Retrying", await SetAsync(server, run, """{"type":"RUNNING"}"""));
        Assert.Equal("ACCEPT Failed", await SetAsync(server, run, """{"type":"FAILED","message":"no"}"""));
        var (_, read) = await server.GetAsync($"task_runs/{run}");
        Assert.Equal(2, (int)read!["run_count"]!);
        var (_, states) = await server.GetAsync($"task_run_states/?task_run_id={run}");
        Assert.Equal(["Pending", "Running", "AwaitingRetry", "Retrying", "Failed"], states!.AsArray().Select(static state => (string)state!["name"]!));
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task A_completed_task_with_a_cache_key_spares_others_the_work(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind);
        var first = await TaskRunAsync(server, """ "dynamic_key":"1" """);
        var second = await TaskRunAsync(server, """ "dynamic_key":"2" """);
        var expires = server.Clock.GetUtcNow().AddMinutes(1).ToString("O");

        await SetAsync(server, first, """{"type":"RUNNING"}""");
        await SetAsync(server, first, $$"""{"type":"COMPLETED","data":{"type":"reference","key":"r"},"state_details":{"cache_key":"k","cache_expiration":"{{expires}}"} }""");
        Assert.Equal("REJECT Cached", await SetAsync(server, second, """{"type":"RUNNING","state_details":{"cache_key":"k"}}"""));
        var (_, read) = await server.GetAsync($"task_runs/{second}");
        Assert.Equal("r", (string?)read!["state"]!["data"]!["key"]);

        server.Clock.Advance(TimeSpan.FromMinutes(2));
        var third = await TaskRunAsync(server, """ "dynamic_key":"3" """);
        Assert.Equal("ACCEPT Running", await SetAsync(server, third, """{"type":"RUNNING","state_details":{"cache_key":"k"}}"""));
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Only_one_worker_claims_a_background_task(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind);
        var run = await TaskRunAsync(server, """ "state":{"type":"SCHEDULED","state_details":{"deferred":true}} """);

        Assert.Equal("ACCEPT Pending", await SetAsync(server, run, """{"type":"PENDING","state_details":{"deferred":true}}"""));
        Assert.Equal("ABORT Pending", await SetAsync(server, run, """{"type":"PENDING","state_details":{"deferred":true}}"""));
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task A_task_runs_only_within_a_running_flow(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind);
        var flowRun = await FlowRunAsync(server);
        var (_, task) = await server.PostAsync("task_runs/", $$"""{"flow_run_id":"{{flowRun}}","task_key":"t","dynamic_key":"0"}""");
        var run = (string)task!["id"]!;

        Assert.Equal("ABORT Pending", await SetAsync(server, run, """{"type":"RUNNING"}"""));
        await server.PostAsync($"flow_runs/{flowRun}/set_state", """{"state":{"type":"RUNNING"}}""");
        Assert.Equal("ACCEPT Running", await SetAsync(server, run, """{"type":"RUNNING"}"""));
        var (missing, body) = await server.PostAsync($"task_runs/{Guid.NewGuid()}/set_state", """{"state":{"type":"RUNNING"}}""");
        Assert.Equal(404, missing);
        Assert.NotNull(body!["exception_message"]);
    }

    private static async Task<string> FlowRunAsync(TestServer server)
    {
        var (_, flow) = await server.PostAsync("flows/", """{"name":"etl"}""");
        var (_, run) = await server.PostAsync("flow_runs/", $$"""{"flow_id":"{{flow!["id"]}}"}""");
        return (string)run!["id"]!;
    }

    private static async Task<string> TaskRunAsync(TestServer server, string members)
    {
        var body = new JsonObject { ["flow_run_id"] = null, ["task_key"] = "t", ["dynamic_key"] = "0" };
        foreach (var (name, value) in JsonNode.Parse("{" + members + "}")!.AsObject()) body[name] = value?.DeepClone();
        var (status, run) = await server.PostAsync("task_runs/", body.ToJsonString());
        Assert.Equal(201, status);
        return (string)run!["id"]!;
    }

    /// <summary>Proposes a state; the answer's status and the name of the state that is current then.</summary>
    private static async Task<string> SetAsync(TestServer server, string run, string state)
    {
        var (_, answer) = await server.PostAsync($"task_runs/{run}/set_state", $$"""{"state":{{state}}}""");
        return $"{answer!["status"]} {answer["state"]?["name"]}";
    }
}
