using Reeve.Server.Tests.FlowRuns;
using Reeve.Server.Tests.Services;
using Reeve.Testing;

namespace Reeve.Server.Tests.WorkPools;

/// <summary>Pools, queues and polls that meet a deletion, another replica or another request.</summary>
public sealed class WorkPoolRacesTests
{
    [Theory]
    [InlineData("work_pools/p", "work_pools/p", "update work_pool set", """{"description":"new"}""")]
    [InlineData("work_pools/p/queues/q", "work_pools/p/queues/q", "update work_queue set", """{"description":"new"}""")]
    [InlineData("work_pools/p/queues/q", "work_pools/p/queues/q", "update work_queue set", """{"priority":1}""")]
    [InlineData("work_pools/p/queues/q", "work_pools/p", "update work_queue set", """{"is_paused":true}""")]
    public async Task A_change_of_what_goes_meanwhile_is_answered_with_404_and_told_of_nothing(string path, string deleted, string statement, string body)
    {
        await using var server = await TestServer.StartAsync(DatabaseKind.Postgres);
        await server.PostAsync("work_pools/", """{"name":"p","type":"process"}""");
        await server.PostAsync("work_pools/p/queues", """{"name":"q"}""");

        var (status, _) = await Race.OvertakenAsync(server, statement, other => other.DeleteAsync(deleted), () => server.PatchAsync(path, body));

        Assert.Equal(404, status);
        Assert.Equal(0, await server.Database.ScalarAsync<long>(
            "select count(*) from reeve_outbox where event ->> 'event' like '%.updated' or event ->> 'event' like '%.paused'"));
    }

    [Theory]
    [InlineData("work_pools/p")]
    [InlineData("work_pools/p/queues/default")]
    public async Task Pausing_and_resuming_at_once_leave_what_belongs_together(string path)
    {
        await using var server = await TestServer.StartAsync(DatabaseKind.Postgres);
        await server.PostAsync("work_pools/", """{"name":"p","type":"process"}""");

        var table = path.Contains("queues", StringComparison.Ordinal) ? "work_queue" : "work_pool";
        var (status, _) = await Race.OvertakenAsync(
            server, $"update {table} set", other => other.PatchAsync(path, """{"is_paused":true}"""), () => server.PatchAsync(path, """{"is_paused":false}"""));

        var (_, after) = await server.GetAsync(path);
        Assert.Equal((204, false, "NOT_READY"), (status, (bool)after!["is_paused"]!, (string?)after["status"]));
    }

    [Fact]
    public async Task A_heartbeat_in_a_pool_that_is_just_being_deleted_is_answered_with_404()
    {
        await using var server = await TestServer.StartAsync(DatabaseKind.Postgres);
        await server.PostAsync("work_pools/", """{"name":"p","type":"process"}""");

        var (status, _) = await Race.BehindAsync(
            server, "delete from work_pool where name = 'p'", () => server.PostAsync("work_pools/p/workers/heartbeat", """{"name":"w"}"""));

        Assert.Equal(404, status);
    }

    [Fact]
    public async Task A_pool_that_another_replica_is_just_taking_out_of_service_is_not_told_of_twice()
    {
        await using var server = await TestServer.StartAsync(DatabaseKind.Postgres);
        var (_, pool) = await server.PostAsync("work_pools/", """{"name":"p","type":"process"}""");
        await server.PostAsync("work_pools/p/workers/heartbeat", """{"name":"w","heartbeat_interval_seconds":10}""");
        server.Clock.Advance(TimeSpan.FromSeconds(31));

        await Race.BehindAsync(
            server, "update work_pool set status = 'NOT_READY', last_status_event_id = gen_random_uuid() where name = 'p'", () => server.PassAsync("Foreman"));

        // The one tells of the pool being made.
        Assert.Single(await Runs.ToldAsync(server, $"prefect.work-pool.{pool!["id"]}"), "prefect.work-pool.not-ready");
    }

    [Fact]
    public async Task A_worker_that_comes_back_while_its_pool_is_taken_out_of_service_keeps_it_in_service()
    {
        await using var server = await TestServer.StartAsync(DatabaseKind.Postgres);
        var (_, pool) = await server.PostAsync("work_pools/", """{"name":"p","type":"process"}""");
        await server.PostAsync("work_pools/p/workers/heartbeat", """{"name":"w"}""");
        await server.Database.ExecuteAsync("update worker set status = 'OFFLINE'");

        await Race.BehindAsync(server, "update worker set status = 'ONLINE'", () => server.PassAsync("Foreman"));

        Assert.Equal("READY", (string?)(await server.GetAsync("work_pools/p")).Body!["status"]);
        // The one tells of the pool being made.
        Assert.Single(await Runs.ToldAsync(server, $"prefect.work-pool.{pool!["id"]}"), "prefect.work-pool.not-ready");
    }

    [Fact]
    public async Task A_deployment_given_up_during_a_poll_is_told_as_ready_by_the_next()
    {
        await using var server = await TestServer.StartAsync(DatabaseKind.Postgres);
        await server.PostAsync("work_pools/", """{"name":"p","type":"process"}""");
        var (_, deployment) = await server.PostAsync("deployments/", $$"""{"name":"d","flow_id":"{{await Runs.FlowAsync(server)}}","work_pool_name":"p"}""");
        await server.PostAsync("work_pools/p/get_scheduled_flow_runs");
        server.Clock.Advance(TimeSpan.FromSeconds(61));

        await Race.OvertakenAsync(
            server, "update deployment set", other => other.PassAsync("Foreman"), () => server.PostAsync("work_pools/p/get_scheduled_flow_runs"));
        server.Clock.Advance(TimeSpan.FromSeconds(10));
        await server.PostAsync("work_pools/p/get_scheduled_flow_runs");

        Assert.Equal("READY", (string?)(await server.GetAsync("deployments/name/f/d")).Body!["status"]);
        Assert.Equal(
            ["prefect.deployment.created", "prefect.deployment.ready", "prefect.deployment.not-ready", "prefect.deployment.ready"],
            await Runs.ToldAsync(server, $"prefect.deployment.{deployment!["id"]}"));
    }
}
