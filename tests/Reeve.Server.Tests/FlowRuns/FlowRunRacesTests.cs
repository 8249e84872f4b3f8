using Reeve.Server.Tests.Orchestration;
using Reeve.Server.Tests.Services;
using Reeve.Testing;

namespace Reeve.Server.Tests.FlowRuns;

/// <summary>Runs whose surroundings change between what was read and what is written.</summary>
public sealed class FlowRunRacesTests
{
    [Fact]
    public async Task A_subflow_made_while_its_task_run_moves_has_its_state_and_moves_it_on()
    {
        await using var server = await TestServer.StartAsync(DatabaseKind.Postgres);
        var flow = await Runs.FlowAsync(server);
        var (_, task) = await server.PostAsync("task_runs/", """{"task_key":"t","dynamic_key":"0"}""");

        var (status, run) = await Race.OvertakenAsync(
            server, "insert into flow_run (", other => other.PostAsync($"task_runs/{task!["id"]}/set_state", """{"state":{"type":"RUNNING"}}"""),
            () => server.PostAsync("flow_runs/", $$$"""{"flow_id":"{{{flow}}}","parent_task_run_id":"{{{task!["id"]}}}","state":{"type":"PENDING"}}"""));

        Assert.Equal((201, "PENDING"), (status, (string?)run!["state"]?["type"]));
        Assert.Single((await Runs.StatesAsync(server, (string)run["id"]!)).Body!.AsArray());
        var (_, states) = await server.GetAsync($"task_run_states/?task_run_id={task!["id"]}");
        Assert.Equal(["PENDING", "RUNNING", "PENDING"], states!.AsArray().Select(static state => (string?)state!["type"]));
        await RunFacts.AssertWholeAsync(server.Database);
    }

    [Fact]
    public async Task A_run_of_a_deployment_made_while_its_task_run_moves_moves_it_on()
    {
        await using var server = await TestServer.StartAsync(DatabaseKind.Postgres);
        var (_, deployment) = await server.PostAsync("deployments/", $$"""{"name":"d","flow_id":"{{await Runs.FlowAsync(server)}}"}""");
        var (_, task) = await server.PostAsync("task_runs/", """{"task_key":"t","dynamic_key":"0"}""");

        var (status, run) = await Race.OvertakenAsync(
            server, "insert into flow_run (", other => other.PostAsync($"task_runs/{task!["id"]}/set_state", """{"state":{"type":"RUNNING"}}"""),
            () => server.PostAsync($"deployments/{deployment!["id"]}/create_flow_run", $$"""{"parent_task_run_id":"{{task!["id"]}}"}"""));

        Assert.Equal((201, "SCHEDULED"), (status, (string?)run!["state"]?["type"]));
        Assert.Equal("SCHEDULED", (string?)(await server.GetAsync($"task_runs/{task!["id"]}")).Body!["state_type"]);
        await RunFacts.AssertWholeAsync(server.Database);
    }

    [Fact]
    public async Task Job_variables_of_a_run_that_a_worker_takes_meanwhile_are_refused()
    {
        await using var server = await TestServer.StartAsync(DatabaseKind.Postgres);
        var (_, deployment) = await server.PostAsync("deployments/", $$"""{"name":"d","flow_id":"{{await Runs.FlowAsync(server)}}"}""");
        var (_, run) = await server.PostAsync($"deployments/{deployment!["id"]}/create_flow_run");
        var path = $"flow_runs/{run!["id"]}";

        var (status, body) = await Race.OvertakenAsync(
            server, "update flow_run set", other => other.PostAsync($"{path}/set_state", """{"state":{"type":"PENDING"}}"""),
            () => server.PatchAsync(path, """{"job_variables":{"a":1}}"""));

        Assert.Equal(400, status);
        Assert.Contains("PENDING", (string)body!["detail"]!);
        Assert.Equal("{}", (await server.GetAsync(path)).Body!["job_variables"]!.ToJsonString());
    }

    [Fact]
    public async Task A_run_that_begins_again_while_the_vacuum_is_at_it_keeps_what_hangs_on_it()
    {
        await using var server = await TestServer.StartAsync(DatabaseKind.Postgres);
        await server.Database.ExecuteAsync(
            """
            insert into flow (id, name) values ('00000000-0000-4000-8000-000000000001', 'f');
            insert into flow_run (id, flow_id, name, state_type, end_time) values
              ('00000000-0000-4000-8000-00000000000a', '00000000-0000-4000-8000-000000000001', 'old', 'COMPLETED', '2025-11-01 00:00:00.000000');
            insert into task_run (id, flow_run_id, name, task_key, dynamic_key) values
              ('00000000-0000-4000-8000-00000000000b', '00000000-0000-4000-8000-00000000000a', 't', 't', '0');
            insert into log (id, name, level, message, timestamp, flow_run_id) values
              ('00000000-0000-4000-8000-000000000011', 'l', 20, 'm', '2025-11-01 00:00:00.000000', '00000000-0000-4000-8000-00000000000a');
            """);

        await Race.OvertakenAsync(
            server, "delete from log", static other => other.Database.ExecuteAsync("update flow_run set state_type = 'RUNNING', end_time = null"), () => server.PassAsync("FlowRunVacuum"));

        Assert.Equal((1, 1, 1), (
            await server.Database.ScalarAsync<long>("select count(*) from flow_run"), await server.Database.ScalarAsync<long>("select count(*) from log"),
            await server.Database.ScalarAsync<long>("select count(*) from task_run")));
    }
}
