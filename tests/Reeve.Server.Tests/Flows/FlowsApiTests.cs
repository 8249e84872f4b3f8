using Reeve.Testing;

namespace Reeve.Server.Tests.Flows;

public sealed class FlowsApiTests
{
    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task A_flow_is_created_once_and_found_by_name_and_tag(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind);

        var (first, flow) = await server.PostAsync("flows/", """{"name":"etl","tags":["a","b"]}""");
        var (second, again) = await server.PostAsync("flows/", """{"name":"etl","tags":["c"]}""");
        var (_, found) = await server.PostAsync("flows/filter", """{"flows":{"tags":{"all_":["b"]}}}""");
        var (_, count) = await server.PostAsync("flows/count", """{"flows":{"name":{"like_":"T"}}}""");
        var (_, byName) = await server.GetAsync("flows/name/etl");

        Assert.Equal((201, 200), (first, second));
        Assert.Equal(flow!.ToJsonString(), again!.ToJsonString());
        Assert.Equal(flow.ToJsonString(), Assert.Single(found!.AsArray())!.ToJsonString());
        Assert.Equal(1, count!.GetValue<int>());
        Assert.Equal(flow.ToJsonString(), byName!.ToJsonString());
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task A_change_and_its_event_are_written_together(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind);
        var (_, flow) = await server.PostAsync("flows/", """{"name":"etl"}""");

        var (patched, _) = await server.PatchAsync($"flows/{flow!["id"]}", """{"tags":["x"]}""");
        var (deleted, _) = await server.DeleteAsync($"flows/{flow["id"]}");
        var (missing, _) = await server.DeleteAsync($"flows/{flow["id"]}");

        Assert.Equal((204, 204, 404), (patched, deleted, missing));
        Assert.Equal(3, await server.Database.ScalarAsync<long>("select count(*) from reeve_outbox"));
    }
}
