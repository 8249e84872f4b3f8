using System.Text.Json.Nodes;
using Reeve.Server.FlowRuns;
using Reeve.Server.Tests.Services;
using Reeve.Testing;

namespace Reeve.Server.Tests.FlowRuns;

public sealed class CancellationCleanupTests
{
    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Tasks_of_a_cancelled_run_end_and_finished_ones_stay(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind);
        var run = await Runs.CreateAsync(server, """{"type":"RUNNING"}""");
        var other = await Runs.CreateAsync(server, """{"type":"RUNNING"}""");
        var running = await TaskAsync(server, run, "RUNNING", 1);
        var done = await TaskAsync(server, run, "COMPLETED", 2);
        var stranger = await TaskAsync(server, other, "RUNNING", 3);
        await Runs.MoveAsync(server, run, """{"type":"CANCELLED"}""");

        var outcomes = await server.PassesAsync<CancellationCleanup>(3);

        Assert.Equal(1, outcomes.Sum(outcome => outcome.Items));
        Assert.Equal(("CANCELLED", "The parent flow run was cancelled."), await TaskStateAsync(server, running));
        Assert.Equal("COMPLETED", (await TaskStateAsync(server, done)).Type);
        Assert.Equal("RUNNING", (await TaskStateAsync(server, stranger)).Type);
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Subflows_of_a_cancelled_run_follow_at_any_depth(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind);
        var root = await Runs.CreateAsync(server, """{"type":"RUNNING"}""");
        var child = await SubflowAsync(server, root, 1);
        var grandchild = await SubflowAsync(server, child, 2);
        var (_, deployment) = await server.PostAsync("deployments/", $$"""{"name":"d","flow_id":"{{await Runs.FlowAsync(server)}}"}""");
        var deployed = await SubflowAsync(server, root, 3, (string)deployment!["id"]!);
        await Runs.MoveAsync(server, root, """{"type":"CANCELLED"}""");

        await server.SettleAsync("CancellationCleanup");

        const string Message = "The parent flow run was cancelled.";
        Assert.Equal(("CANCELLED", "Cancelled", Message), await Runs.StateAsync(server, child));
        Assert.Equal(("CANCELLED", "Cancelled", Message), await Runs.StateAsync(server, grandchild));
        Assert.Equal("CANCELLING", (await Runs.StateAsync(server, deployed)).Type);
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task A_run_stuck_in_cancelling_ends_and_one_order_to_clean_up_is_given(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind);
        var run = await CancellingAsync(server, "process");
        var pushed = await CancellingAsync(server, "x:push");

        var early = await server.PassAsync("CancellationCleanup");
        server.Clock.Advance(TimeSpan.FromSeconds(299));
        Assert.Equal(0, await server.SettleAsync("CancellationCleanup"));
        server.Clock.Advance(TimeSpan.FromSeconds(1.001));
        var outcomes = await server.PassesAsync<CancellationCleanup>(3);

        // States of one run never share an instant: each came a microsecond after the one before.
        Assert.InRange(early.NextDue!.Value, TestClock.Noon.AddSeconds(300), TestClock.Noon.AddSeconds(300.001));
        Assert.Equal(2, outcomes.Sum(outcome => outcome.Items));
        const string Message = "Flow run cancellation timed out; marked this flow run as Cancelled.";
        Assert.Equal(("CANCELLED", "Cancelled", Message), await Runs.StateAsync(server, run));
        Assert.Equal(("CANCELLED", "Cancelled", Message), await Runs.StateAsync(server, pushed));
        var (_, found) = await server.GetAsync($"flow_runs/{run}");
        Assert.Equal(1L, await server.Database.ScalarAsync<long>("select count(*) from reeve_worker_cleanup"));
        var key = $"cancelling_timeout_teardown.v1:{run}:{found!["state"]!["id"]}";
        Assert.Equal(key, await server.Database.ScalarAsync<string>("select idempotency_key from reeve_worker_cleanup"));
        var target = JsonNode.Parse((await server.Database.ScalarAsync<string>("select cast(target as text) from reeve_worker_cleanup"))!)!;
        Assert.Equal((run, "host:1"), ((string?)target["flow_run_id"], (string?)target["infrastructure_pid"]));
    }

    [Fact]
    public void Message_ids_are_those_of_the_reference() =>
        // python: uuid.uuid5(uuid.NAMESPACE_URL, "prefect:x")
        Assert.Equal(new Guid("57f6528e-54f4-57e6-b9f5-6f4ecada8257"), NameGuid.Url("prefect:x"));

    private static async Task<string> CancellingAsync(TestServer server, string poolType)
    {
        var pool = "p-" + poolType.Replace(':', '-');
        await server.PostAsync("work_pools/", $$"""{"name":"{{pool}}","type":"{{poolType}}"}""");
        var (_, deployment) = await server.PostAsync("deployments/",
            $$"""{"name":"d-{{pool}}","flow_id":"{{await Runs.FlowAsync(server)}}","work_pool_name":"{{pool}}"}""");
        var (_, run) = await server.PostAsync($"deployments/{deployment!["id"]}/create_flow_run");
        var id = (string)run!["id"]!;
        await server.PatchAsync($"flow_runs/{id}", """{"infrastructure_pid":"host:1"}""");
        await Runs.MoveAsync(server, id, """{"type":"PENDING"}""");
        await Runs.MoveAsync(server, id, """{"type":"RUNNING"}""");
        await Runs.MoveAsync(server, id, """{"type":"CANCELLING"}""");
        return id;
    }

    private static async Task<string> SubflowAsync(TestServer server, string parent, int key, string? deployment = null)
    {
        var task = await TaskAsync(server, parent, "RUNNING", key);
        var more = $",\"parent_task_run_id\":\"{task}\"" + (deployment is null ? "" : $",\"deployment_id\":\"{deployment}\"");
        var run = await Runs.CreateAsync(server, """{"type":"RUNNING"}""", more);
        if (deployment is not null) await server.PatchAsync($"flow_runs/{run}", """{"infrastructure_pid":"host:2"}""");
        return run;
    }

    // Written as rows: how task runs come to be is tested elsewhere.
    private static async Task<string> TaskAsync(TestServer server, string run, string state, int key)
    {
        var task = Guid.NewGuid();
        var stateId = Guid.NewGuid();
        await server.Database.ExecuteAsync(
            $$"""
            insert into task_run (id, flow_run_id, name, task_key, dynamic_key, state_type, state_name) values
                ('{{task}}', '{{run}}', 't', 't', '{{key}}', '{{state}}', '{{state}}');
            insert into task_run_state (id, task_run_id, type, name, timestamp) values
                ('{{stateId}}', '{{task}}', '{{state}}', '{{state}}', '2026-03-02 11:00:00.000000');
            update task_run set state_id = '{{stateId}}' where id = '{{task}}';
            """);
        return task.ToString();
    }

    private static async Task<(string Type, string? Message)> TaskStateAsync(TestServer server, string task)
    {
        var (_, found) = await server.GetAsync($"task_runs/{task}");
        return ((string)found!["state"]!["type"]!, (string?)found["state"]!["message"]);
    }
}
