using Reeve.Server.Tests.FlowRuns;
using Reeve.Server.Tests.Services;
using Reeve.Server.WorkPools;
using Reeve.Testing;

namespace Reeve.Server.Tests.WorkPools;

public sealed class ForemanTests
{
    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Silence_takes_worker_pool_queue_and_deployment_out_of_service_once(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind);
        await server.PostAsync("work_pools/", """{"name":"p","type":"process"}""");
        var (_, deployment) = await server.PostAsync("deployments/", $$"""{"name":"d","flow_id":"{{await Runs.FlowAsync(server)}}","work_pool_name":"p"}""");
        await server.PostAsync("work_pools/p/workers/heartbeat", """{"name":"w","heartbeat_interval_seconds":10}""");
        await server.PostAsync("work_pools/p/get_scheduled_flow_runs");
        await Eventually.TrueAsync("polling", "the deployment", async () => await StatusAsync(server, "deployments/name/f/d") == "READY", "ready");
        Assert.Equal("READY", await StatusAsync(server, "work_pools/p"));

        var calm = await server.PassAsync("Foreman");
        server.Clock.Advance(TimeSpan.FromSeconds(31));
        var silent = await server.PassesAsync<Foreman>(3);
        server.Clock.Advance(TimeSpan.FromSeconds(30));
        var abandoned = await server.PassesAsync<Foreman>(3);
        var later = await server.PassAsync("Foreman");

        Assert.Equal((0, 0), (calm.Items, later.Items));
        Assert.Equal(TestClock.Noon.AddSeconds(30).AddMicroseconds(1), calm.NextDue);
        Assert.InRange(silent.Sum(outcome => outcome.Items), 2, 6);
        Assert.InRange(abandoned.Sum(outcome => outcome.Items), 2, 6);
        Assert.Equal(("NOT_READY", "NOT_READY", "NOT_READY"),
            (await StatusAsync(server, "work_pools/p"), await StatusAsync(server, "work_pools/p/queues/default"), await StatusAsync(server, "deployments/name/f/d")));
        var (_, workers) = await server.PostAsync("work_pools/p/workers/filter");
        Assert.Equal("OFFLINE", (string?)workers![0]!["status"]);
        var (_, pool) = await server.GetAsync("work_pools/p");
        var (_, queue) = await server.GetAsync("work_pools/p/queues/default");
        Assert.Single(await Runs.ToldAsync(server, $"prefect.deployment.{deployment!["id"]}"), "prefect.deployment.not-ready");
        Assert.Single(await Runs.ToldAsync(server, $"prefect.work-queue.{queue!["id"]}"), "prefect.work-queue.not-ready");
        // The first tells of the pool being made.
        Assert.Equal(2, (await Runs.ToldAsync(server, $"prefect.work-pool.{pool!["id"]}")).Count(name => name == "prefect.work-pool.not-ready"));
        Assert.Equal((string?)deployment["updated"], (string?)(await server.GetAsync("deployments/name/f/d")).Body!["updated"]);
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task What_is_looked_after_or_paused_stays_as_it_is(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind);
        await server.PostAsync("work_pools/", """{"name":"p","type":"process"}""");
        await server.PostAsync("work_pools/", """{"name":"q","type":"process","is_paused":true}""");
        await server.PostAsync("deployments/", $$"""{"name":"d","flow_id":"{{await Runs.FlowAsync(server)}}","work_pool_name":"p"}""");
        for (var minute = 0; minute < 3; minute++)
        {
            await server.PostAsync("work_pools/p/workers/heartbeat", """{"name":"w"}""");
            await server.PostAsync("work_pools/p/get_scheduled_flow_runs");
            server.Clock.Advance(TimeSpan.FromSeconds(59));
            Assert.Equal(0, (await server.PassAsync("Foreman")).Items);
        }
        Assert.Equal(("READY", "PAUSED", "READY"),
            (await StatusAsync(server, "work_pools/p"), await StatusAsync(server, "work_pools/q"), await StatusAsync(server, "deployments/name/f/d")));
    }

    private static async Task<string?> StatusAsync(TestServer server, string path) => (string?)(await server.GetAsync(path)).Body!["status"];
}
