using Reeve.Testing;

namespace Reeve.Server.Tests.WorkPools;

public sealed class PollingTests
{
    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Runs_come_by_priority_within_the_limits_of_queue_and_pool(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind);
        await SeedAsync(server);

        Assert.Equal(["a1", "a2", "b1", "b2"], await PollAsync(server, "{}"));
        Assert.Equal(["a1", "a2", "b1"], await PollAsync(server, """{"limit":3}"""));
        Assert.Equal([], await PollAsync(server, """{"limit":0}"""));
        Assert.Equal(["b1", "b2"], await PollAsync(server, """{"work_queue_names":["b"]}"""));
        Assert.Equal(["a1", "b1"], await PollAsync(server, """{"scheduled_before":"2026-03-02T12:01:00Z"}"""));
        Assert.Equal(["a2", "b2"], await PollAsync(server, """{"scheduled_after":"2026-03-02T12:01:30Z"}"""));

        await server.PatchAsync("work_pools/p/queues/a", """{"concurrency_limit":1}""");
        Assert.Equal(["a1", "b1", "b2"], await PollAsync(server, "{}"));
        await server.PatchAsync("work_pools/p", """{"concurrency_limit":2}""");
        Assert.Equal(["a1", "b1"], await PollAsync(server, "{}"));
        await server.Database.ExecuteAsync("update flow_run set state_type = 'RUNNING' where name = 'a1'");
        Assert.Equal(["b1"], await PollAsync(server, "{}"));
        await server.PatchAsync("work_pools/p/queues/b", """{"is_paused":true}""");
        Assert.Equal([], await PollAsync(server, "{}"));
        await server.PatchAsync("work_pools/p/queues/b", """{"is_paused":false}""");
        await server.PatchAsync("work_pools/p", """{"is_paused":true}""");
        Assert.Equal([], await PollAsync(server, "{}"));
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task A_poll_makes_queue_and_deployments_ready_once_and_idle_polls_write_little(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind);
        await SeedAsync(server);
        var before = await Told(server);

        await PollAsync(server, """{"work_queue_names":["a"]}""");
        var first = await Told(server);
        server.Clock.Advance(TimeSpan.FromSeconds(2));
        await PollAsync(server, """{"work_queue_names":["a"]}""");
        var (_, soon) = await server.GetAsync("work_pools/p/queues/a");
        server.Clock.Advance(TimeSpan.FromSeconds(10));
        await PollAsync(server, """{"work_queue_names":["a"]}""");
        var (_, later) = await server.GetAsync("work_pools/p/queues/a");
        var (_, deployment) = await server.GetAsync("deployments/name/f/a");
        var (_, other) = await server.GetAsync("work_pools/p/queues/b");

        Assert.Equal((2, 0), (first - before, await Told(server) - first));
        Assert.Equal(("READY", "2026-03-02T12:00:00Z"), ((string?)soon!["status"], (string?)soon["last_polled"]));
        Assert.Equal("2026-03-02T12:00:12Z", (string?)later!["last_polled"]);
        Assert.Equal(("READY", "2026-03-02T12:00:00Z"), ((string?)deployment!["status"], (string?)deployment["last_polled"]));
        Assert.Equal("NOT_READY", (string?)other!["status"]);
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task An_agent_gets_the_runs_that_name_its_queue_and_the_page_looks_without_a_trace(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind);
        await SeedAsync(server);
        var (_, queue) = await server.GetAsync("work_pools/p/queues/a");
        var id = (string?)queue!["id"];

        server.Http.DefaultRequestHeaders.Add("x-prefect-ui", "true");
        var (status, seen) = await server.PostAsync($"work_queues/{id}/get_runs");
        var (_, untouched) = await server.GetAsync($"work_queues/{id}");
        server.Http.DefaultRequestHeaders.Remove("x-prefect-ui");
        await server.PatchAsync($"work_queues/{id}", """{"concurrency_limit":1}""");
        var (_, taken) = await server.PostAsync($"work_queues/{id}/get_runs");
        var (_, polled) = await server.GetAsync($"work_queues/{id}");

        Assert.True(status == 200, seen!.ToJsonString());
        Assert.Equal(["a1", "a2"], seen!.AsArray().Select(static run => (string?)run!["name"]));
        Assert.Equal("Scheduled", (string?)seen[0]!["state"]!["name"]);
        Assert.Equal(["a1"], taken!.AsArray().Select(static run => (string?)run!["name"]));
        Assert.Equal((null, "READY"), ((string?)untouched!["last_polled"], (string?)polled!["status"]));
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Slots_are_shown_with_who_holds_them(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind);
        await SeedAsync(server);
        await server.PatchAsync("work_pools/p", """{"concurrency_limit":5}""");
        await server.Database.ExecuteAsync("update flow_run set state_type = 'RUNNING' where name like 'a%'");
        await server.Database.ExecuteAsync("update flow_run set state_type = 'CANCELLING' where name = 'b1'");
        var (_, b) = await server.GetAsync("work_pools/p/queues/b");

        var (_, pool) = await server.PostAsync("work_pools/p/concurrency_status", """{"flow_run_limit":1}""");
        var (_, queue) = await server.PostAsync($"work_queues/{b!["id"]}/concurrency_status");
        var (_, limited) = await server.GetAsync("work_pools/p");

        Assert.Equal((2, 3), ((int)pool!["active_slots"]!, (int)pool["count"]!));
        Assert.Equal(["a", "default", "b"], pool["queues"]!.AsArray().Select(static each => (string?)each!["queue_name"]));
        Assert.Equal((2, 1), ((int)pool["queues"]![0]!["flow_run_count"]!, pool["queues"]![0]!["flow_runs"]!.AsArray().Count));
        Assert.Equal("b1", (string?)Assert.Single(queue!["flow_runs"]!.AsArray())!["name"]);
        Assert.Equal(2, (int)limited!["active_slots"]!);
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task A_default_queue_cannot_be_deleted_and_another_leaves_a_gap_for_the_next(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind);
        await SeedAsync(server);

        var (standing, _) = await server.DeleteAsync("work_pools/p/queues/default");
        var (gone, _) = await server.DeleteAsync("work_pools/p/queues/a");
        var (_, next) = await server.PostAsync("work_pools/p/queues", """{"name":"c"}""");
        var (_, agents) = await server.PostAsync("work_queues/", """{"name":"default"}""");

        Assert.Equal((409, 204), (standing, gone));
        Assert.Equal(1, (int)next!["priority"]!);
        Assert.Equal(("default-agent-pool", "default"), ((string?)agents!["work_pool_name"], (string?)agents["name"]));
    }

    /// <summary>A pool whose queues are served in the order a, default, b; two runs each in a and b, a minute apart.</summary>
    private static async Task SeedAsync(TestServer server)
    {
        await server.PostAsync("work_pools/", """{"name":"p","type":"process"}""");
        await server.PostAsync("work_pools/p/queues", """{"name":"b"}""");
        await server.PostAsync("work_pools/p/queues", """{"name":"a","priority":1}""");
        var (_, flow) = await server.PostAsync("flows/", """{"name":"f"}""");
        foreach (var queue in (string[])["a", "b"])
        {
            var (_, deployment) = await server.PostAsync(
                "deployments/", $$"""{"name":"{{queue}}","flow_id":"{{flow!["id"]}}","work_pool_name":"p","work_queue_name":"{{queue}}"}""");
            for (var i = 1; i <= 2; i++)
            {
                await server.PostAsync(
                    $"deployments/{deployment!["id"]}/create_flow_run",
                    $$"""{"name":"{{queue}}{{i}}","state":{"type":"SCHEDULED","state_details":{"scheduled_time":"2026-03-02T12:0{{i}}:00Z"} } }""");
            }
        }
    }

    private static async Task<IEnumerable<string?>> PollAsync(TestServer server, string body)
    {
        var (status, runs) = await server.PostAsync("work_pools/p/get_scheduled_flow_runs", body);
        Assert.Equal(200, status);
        return runs!.AsArray().Select(static run => (string?)run!["flow_run"]!["name"]);
    }

    private static async Task<long> Told(TestServer server) => await server.Database.ScalarAsync<long>("select count(*) from reeve_outbox");
}
