using System.Text.Json.Nodes;
using Reeve.Testing;

namespace Reeve.Server.Tests.FlowRuns.Explain;

public sealed class FlowRunExplainTests
{
    private const string Due = """{"type":"SCHEDULED","state_details":{"scheduled_time":"2026-03-02T11:59:00Z"}}""";

    [Theory]
    [InlineData(DatabaseKind.Postgres)]
    [InlineData(DatabaseKind.Sqlite)]
    public async Task A_due_run_with_a_worker_has_nothing_in_its_way_and_whatever_is_put_there_is_told(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind);
        var (deployment, run) = await SeedAsync(server);
        Assert.Equal("No worker has ever served work pool 'p' (type process). Start one: reeve worker start --pool 'p'", Message(await ExplainAsync(server, run), "no_worker"));
        await server.PostAsync("work_pools/p/workers/heartbeat", """{"name":"w","heartbeat_interval_seconds":10}""");
        var free = await ExplainAsync(server, run);
        Assert.Equal(("nothing", false), (Codes(free), (bool)free["blocked"]!));

        await server.PatchAsync("work_pools/p", """{"is_paused":true}""");
        await server.PatchAsync("work_pools/p/queues/q", """{"is_paused":true}""");
        Assert.Equal("pool_paused queue_paused", Codes(await ExplainAsync(server, run)));
        await server.PatchAsync("work_pools/p", """{"is_paused":false,"concurrency_limit":1}""");
        await server.PatchAsync("work_pools/p/queues/q", """{"is_paused":false,"concurrency_limit":1}""");
        Assert.Equal("nothing", Codes(await ExplainAsync(server, run)));
        var holder = await RunAsync(server, deployment, "holder", Due);
        await Runs.MoveAsync(server, holder, """{"type":"PENDING"}""");
        var full = await ExplainAsync(server, run);
        Assert.Equal("pool_full queue_full", Codes(full));
        Assert.Equal("Work pool 'p' is full: 1 runs against a limit of 1 (by 'holder').", Message(full, "pool_full"));
        Assert.Equal(holder, (string?)full["reasons"]![1]!["flow_runs"]![0]!["id"]);
        Assert.Equal("pending", Codes(await ExplainAsync(server, holder)));

        server.Clock.Advance(TimeSpan.FromSeconds(31));
        await server.PatchAsync("work_pools/p", """{"concurrency_limit":null}""");
        await server.PatchAsync("work_pools/p/queues/q", """{"concurrency_limit":null}""");
        Assert.Equal("No worker of work pool 'p' (type process) is online: the last to be heard was 'w' at 2026-03-02T12:00:00Z.", Message(await ExplainAsync(server, run), "no_worker"));
    }

    [Theory]
    [InlineData(DatabaseKind.Postgres)]
    [InlineData(DatabaseKind.Sqlite)]
    public async Task A_deployments_limit_and_pause_are_told(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind);
        var (deployment, run) = await SeedAsync(server, ""","concurrency_limit":1""");
        await server.PostAsync("work_pools/p/workers/heartbeat", """{"name":"w"}""");
        var holder = await RunAsync(server, deployment, "holder", Due);
        await Runs.MoveAsync(server, holder, """{"type":"PENDING"}""");
        Assert.Equal("The concurrency limit of deployment 'd' is full: 1 of 1 slots are taken (by 'holder').", Message(await ExplainAsync(server, run), "deployment_limit_full"));
        await server.PostAsync($"flow_runs/{run}/set_state", """{"state":{"type":"PENDING"}}""");
        Assert.Equal("awaiting_concurrency_slot deployment_limit_full", Codes(await ExplainAsync(server, run)));
        await server.PatchAsync($"deployments/{deployment}", """{"concurrency_limit":null}""");

        var late = await RunAsync(server, deployment, "late", """{"type":"SCHEDULED","name":"Late","state_details":{"scheduled_time":"2026-03-02T11:59:00Z"}}""");
        await server.PostAsync($"deployments/{deployment}/pause_deployment");
        var paused = await ExplainAsync(server, late);
        Assert.Equal("late deployment_paused nothing", Codes(paused));
        Assert.Equal("It is late: it was to begin at 2026-03-02T11:59:00Z, 60 s ago.", Message(paused, "late"));
        Assert.False((bool)paused["blocked"]!);
    }

    [Theory]
    [InlineData(DatabaseKind.Postgres)]
    [InlineData(DatabaseKind.Sqlite)]
    public async Task A_schedule_that_is_switched_off_or_gone_is_told(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind);
        var (deployment, run) = await SeedAsync(server);
        await server.PostAsync("work_pools/p/workers/heartbeat", """{"name":"w"}""");
        var (_, made) = await server.PostAsync($"deployments/{deployment}/schedules", """[{"active":false,"schedule":{"interval":3600}}]""");
        var schedule = (string)made![0]!["id"]!;
        // As the scheduler writes it.
        await server.Database.ExecuteAsync($$"""update flow_run set auto_scheduled = true, created_by = '{"id":"{{schedule}}","type":"SCHEDULE"}' where id = '{{run}}'""");
        Assert.Equal("schedule_inactive nothing", Codes(await ExplainAsync(server, run)));
        await server.Database.ExecuteAsync("delete from deployment_schedule");
        Assert.Equal("schedule_gone nothing", Codes(await ExplainAsync(server, run)));
    }

    [Theory]
    [InlineData(DatabaseKind.Postgres)]
    [InlineData(DatabaseKind.Sqlite)]
    public async Task What_a_run_waits_for_by_its_state_is_told(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind);
        var early = await ExplainAsync(server, await Runs.ScheduledAsync(server, server.Clock.GetUtcNow().AddMinutes(5)));
        Assert.Equal("not_due no_deployment", Codes(early));
        Assert.Equal("2026-03-02T12:05:00Z", (string?)early["reasons"]![0]!["until"]);
        Assert.Equal("awaiting_retry no_deployment", Codes(await ExplainAsync(server, await Runs.ScheduledAsync(server, server.Clock.GetUtcNow().AddMinutes(5), "AwaitingRetry"))));

        var paused = await ExplainAsync(server, await Runs.CreateAsync(server, """{"type":"PAUSED","state_details":{"pause_timeout":"2026-03-02T12:30:00Z"}}"""));
        Assert.Equal("It is paused until somebody resumes it; at 2026-03-02T12:30:00Z it fails.", Message(paused, "paused"));
        Assert.Equal("cancelling", Codes(await ExplainAsync(server, await Runs.CreateAsync(server, """{"type":"CANCELLING"}"""))));
        Assert.Equal("finished", Codes(await ExplainAsync(server, await Runs.CreateAsync(server, """{"type":"COMPLETED"}"""))));
        var (_, bare) = await server.PostAsync("flow_runs/", $$"""{"flow_id":"{{await Runs.FlowAsync(server)}}"}""");
        await server.Database.ExecuteAsync($"update flow_run set state_id = null, state_type = null, state_name = null where id = '{bare!["id"]}'");
        Assert.Equal("no_state", Codes(await ExplainAsync(server, (string)bare["id"]!)));

        var retried = await Runs.ScheduledAsync(server, server.Clock.GetUtcNow());
        await server.Database.ExecuteAsync($$"""update flow_run set empirical_policy = '{"retry_type":"in_process"}' where id = '{{retried}}'""");
        Assert.Equal("retried_in_process no_deployment", Codes(await ExplainAsync(server, retried)));
        Assert.Equal(404, (await server.GetAsync($"reeve/flow_runs/{Guid.Empty}/explain")).Status);
    }

    [Theory]
    [InlineData(DatabaseKind.Postgres)]
    [InlineData(DatabaseKind.Sqlite)]
    public async Task Full_tag_limits_that_hold_up_a_running_flow_are_told(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind);
        var run = await Runs.CreateAsync(server, """{"type":"RUNNING"}""");
        await server.PostAsync("concurrency_limits/", """{"tag":"db","concurrency_limit":1}""");
        foreach (var key in (string[])["1", "2"])
        {
            var (status, task) = await server.PostAsync(
                "task_runs/", $$"""{"flow_run_id":"{{run}}","task_key":"t","dynamic_key":"{{key}}","tags":["db","other"],"state":{"type":"PENDING"} }""");
            Assert.Equal(201, status);
            if (key == "1") Assert.Equal("running", Codes(await ExplainAsync(server, run)));
            await server.PostAsync($"task_runs/{task!["id"]}/set_state", """{"state":{"type":"RUNNING"}}""");
        }
        var held = await ExplainAsync(server, run);
        Assert.Equal("running task_tag_limit_full", Codes(held));
        Assert.Contains("the tag 'db'", Message(held, "task_tag_limit_full"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(DatabaseKind.Postgres)]
    [InlineData(DatabaseKind.Sqlite)]
    public async Task A_deployment_without_a_pool_and_a_limit_of_nothing_are_told(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind);
        var (_, deployment) = await server.PostAsync("deployments/", $$"""{"name":"d","flow_id":"{{await Runs.FlowAsync(server)}}","concurrency_limit":1}""");
        var run = await RunAsync(server, (string)deployment!["id"]!, "r", Due);
        await server.Database.ExecuteAsync("update concurrency_limit_v2 set \"limit\" = 0");
        Assert.Equal("no_work_queue deployment_limit_zero", Codes(await ExplainAsync(server, run)));
    }

    private static async Task<(string Deployment, string Run)> SeedAsync(TestServer server, string more = "")
    {
        await server.PostAsync("work_pools/", """{"name":"p","type":"process"}""");
        await server.PostAsync("work_pools/p/queues", """{"name":"q"}""");
        var (_, deployment) = await server.PostAsync("deployments/", $$"""{"name":"d","flow_id":"{{await Runs.FlowAsync(server)}}","work_pool_name":"p","work_queue_name":"q"{{more}}}""");
        var id = (string)deployment!["id"]!;
        return (id, await RunAsync(server, id, "run", Due));
    }

    private static async Task<string> RunAsync(TestServer server, string deployment, string name, string state)
    {
        var (status, run) = await server.PostAsync($"deployments/{deployment}/create_flow_run", $$"""{"name":"{{name}}","state":{{state}}}""");
        Assert.True(status is 200 or 201, run?.ToJsonString());
        return (string)run!["id"]!;
    }

    private static async Task<JsonNode> ExplainAsync(TestServer server, string run)
    {
        var (status, answer) = await server.GetAsync($"reeve/flow_runs/{run}/explain");
        Assert.True(status == 200, answer?.ToJsonString());
        return answer!;
    }

    private static string Codes(JsonNode answer) => string.Join(' ', answer["reasons"]!.AsArray().Select(static reason => (string)reason!["code"]!));

    private static string Message(JsonNode answer, string code) => (string)answer["reasons"]!.AsArray().Single(reason => (string?)reason!["code"] == code)!["message"]!;
}
