using Reeve.Testing;

namespace Reeve.Server.Tests.WorkPools;

public sealed class WorkPoolsApiTests
{
    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task A_pool_comes_with_its_default_queue_and_both_are_told_of(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind);

        var (created, pool) = await server.PostAsync("work_pools/", """{"name":"p","type":"process","concurrency_limit":3}""");
        var (again, _) = await server.PostAsync("work_pools/", """{"name":"p"}""");
        var (_, queue) = await server.GetAsync("work_pools/p/queues/default");

        Assert.Equal((201, 409), (created, again));
        Assert.Equal((string?)pool!["default_queue_id"], (string?)queue!["id"]);
        Assert.Equal(("NOT_READY", 0), ((string?)pool["status"], (int)pool["active_slots"]!));
        Assert.Equal(3, await server.Database.ScalarAsync<long>("select count(*) from reeve_outbox"));
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task A_pool_is_changed_told_of_and_deleted_with_all_that_is_in_it(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind);
        await server.PostAsync("work_pools/", """{"name":"p","type":"process"}""");

        var (same, _) = await server.PatchAsync("work_pools/p", """{"description":null,"concurrency_limit":null}""");
        var afterSame = await server.Database.ScalarAsync<long>("select count(*) from reeve_outbox");
        var (paused, _) = await server.PatchAsync("work_pools/p", """{"is_paused":true,"description":"d"}""");
        var afterPause = await server.Database.ScalarAsync<long>("select count(*) from reeve_outbox");
        var (_, pool) = await server.GetAsync("work_pools/p");
        await server.PostAsync("work_pools/p/workers/heartbeat", """{"name":"w"}""");
        var (deleted, _) = await server.DeleteAsync("work_pools/p");

        Assert.Equal((204, 204, 204), (same, paused, deleted));
        Assert.Equal((3, 5), (afterSame, afterPause));
        Assert.Equal(("PAUSED", "d"), ((string?)pool!["status"], (string?)pool["description"]));
        Assert.Equal(0, await server.Database.ScalarAsync<long>("select (select count(*) from worker) + (select count(*) from work_queue)"));
        Assert.Equal(7, await server.Database.ScalarAsync<long>("select count(*) from reeve_outbox"));
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task The_first_heartbeat_makes_a_pool_ready_and_the_next_ones_say_nothing(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind);
        await server.PostAsync("work_pools/", """{"name":"p","type":"process"}""");

        await server.PostAsync("work_pools/p/workers/heartbeat", """{"name":"w","heartbeat_interval_seconds":7}""");
        server.Clock.Advance(TimeSpan.FromSeconds(10));
        await server.PostAsync("work_pools/p/workers/heartbeat", """{"name":"w"}""");
        var (_, pool) = await server.GetAsync("work_pools/p");
        var (_, workers) = await server.PostAsync("work_pools/p/workers/filter", """{"workers":{"status":{"any_":["ONLINE"]}}}""");
        var (missing, _) = await server.PostAsync("work_pools/q/workers/heartbeat", """{"name":"w"}""");

        Assert.Equal("READY", (string?)pool!["status"]);
        var worker = Assert.Single(workers!.AsArray())!;
        Assert.Equal(("w", 7, "2026-03-02T12:00:10Z"), ((string?)worker["name"], (int)worker["heartbeat_interval_seconds"]!, (string?)worker["last_heartbeat_time"]));
        Assert.Equal(404, missing);
        Assert.Equal(4, await server.Database.ScalarAsync<long>("select count(*) from reeve_outbox"));
        Assert.Equal((204, 404), ((await server.DeleteAsync("work_pools/p/workers/w")).Status, (await server.DeleteAsync("work_pools/p/workers/w")).Status));
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Clients_up_to_3_3_7_are_spared_the_result_storage(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind);
        await server.PostAsync("work_pools/", """{"name":"p"}""");

        server.Http.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", "prefect/3.3.7 (API 0.8.4)");
        var (_, old) = await server.GetAsync("work_pools/p");
        server.Http.DefaultRequestHeaders.Remove("User-Agent");
        server.Http.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", "prefect/3.3.8 (API 0.8.4)");
        var (_, modern) = await server.PostAsync("work_pools/filter");

        Assert.False(old!["storage_configuration"]!.AsObject().ContainsKey("default_result_storage_block_id"));
        Assert.True(modern![0]!["storage_configuration"]!.AsObject().ContainsKey("default_result_storage_block_id"));
    }

    [Theory]
    [InlineData("""{"name":"Prefect-x"}""", 403)]
    [InlineData("""{"name":" '' "}""", 422)]
    [InlineData("""{"name":"p","base_job_template":{"variables":{"properties":{}}}}""", 422)]
    [InlineData("""{"name":"p","base_job_template":{"job_configuration":{"c":["{{ x }}"]},"variables":{"properties":{"y":{}}}}}""", 422)]
    [InlineData("""{"name":"p","base_job_template":{"job_configuration":{"c":"{{ x }}"},"variables":{"properties":{"x":{"type":"integer","default":"no"}}}}}""", 422)]
    [InlineData("""{"name":"p","base_job_template":{"job_configuration":{"c":"{{ x }}"},"variables":{"properties":{"x":{"default":{"$ref":{"block_document_id":"none"}}}}}}}""", 404)]
    public async Task A_pool_that_must_not_be_is_refused(string body, int status)
    {
        await using var server = await TestServer.StartAsync(DatabaseKind.Sqlite);
        Assert.Equal(status, (await server.PostAsync("work_pools/", body)).Status);
    }
}
