using System.Text.Json.Nodes;
using Reeve.Testing;

namespace Reeve.Server.Tests.Deployments;

public sealed class DeploymentsApiTests
{
    private const string Daily = """{"schedule":{"interval":86400,"anchor_date":"2026-01-01T00:00:00Z"},"slug":"day"}""";
    private const string Weekly = """{"schedule":{"cron":"0 0 * * 1"},"slug":"week"}""";

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Creating_twice_changes_what_was_sent_and_replaces_the_schedules(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind);
        var flow = await FlowAsync(server);
        var (status, created) = await server.PostAsync("deployments/",
            $$$"""{"name":"d","flow_id":"{{{flow}}}","tags":["a"],"description":"first","schedules":[{{{Daily}}},{{{Weekly}}}]}""");
        Assert.Equal(201, status);
        Assert.Equal(["week", "day"], Slugs(await server.GetAsync($"deployments/{created!["id"]}")));
        server.Clock.Advance(TimeSpan.FromSeconds(1));
        var (again, changed) = await server.PostAsync("deployments/", $$"""{"name":"d","flow_id":"{{flow}}","tags":["b"]}""");
        Assert.Equal(200, again);
        Assert.Equal(created["id"]!.ToString(), changed!["id"]!.ToString());
        Assert.Equal("first", (string?)changed["description"]);
        Assert.Equal("b", (string?)changed["tags"]![0]);
        Assert.Empty(changed["schedules"]!.AsArray());
        Assert.Equal(flow, (string?)changed["labels"]!["prefect.flow.id"]);
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task An_empty_schema_is_that_of_an_object(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind);
        var (_, flow) = await server.PostAsync("flows/", """{"name":"f"}""");
        const string Object = """{"type":"object","properties":{}}""";

        var (_, created) = await server.PostAsync("deployments/", $$"""{"name":"d","flow_id":"{{flow!["id"]}}","parameter_openapi_schema":{} }""");
        await server.PatchAsync($"deployments/{created!["id"]}", """{"parameter_openapi_schema":{"title":"t"}}""");
        await server.PatchAsync($"deployments/{created["id"]}", """{"parameter_openapi_schema":{} }""");

        var (_, read) = await server.GetAsync($"deployments/{created["id"]}");
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(Object), created["parameter_openapi_schema"]), created["parameter_openapi_schema"]!.ToJsonString());
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(Object), read!["parameter_openapi_schema"]), read["parameter_openapi_schema"]!.ToJsonString());
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task A_limit_of_its_own_is_a_row_that_comes_changes_and_goes(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind);
        var flow = await FlowAsync(server);
        var (_, created) = await server.PostAsync("deployments/", $$"""{"name":"d","flow_id":"{{flow}}","concurrency_limit":3}""");
        Assert.Equal($"deployment:{created!["id"]}", (string?)created["global_concurrency_limit"]!["name"]);
        Assert.Equal(3, (int?)created["global_concurrency_limit"]!["limit"]);
        await server.PatchAsync($"deployments/{created["id"]}", """{"concurrency_limit":7}""");
        Assert.Equal(7, (int?)(await server.GetAsync($"deployments/{created["id"]}")).Body!["global_concurrency_limit"]!["limit"]);
        await server.PatchAsync($"deployments/{created["id"]}", """{"concurrency_limit":null}""");
        Assert.Null((await server.GetAsync($"deployments/{created["id"]}")).Body!["global_concurrency_limit"]);
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Schedules_with_slugs_are_changed_one_by_one_and_may_swap_names(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind);
        var flow = await FlowAsync(server);
        var (_, created) = await server.PostAsync("deployments/", $$$"""{"name":"d","flow_id":"{{{flow}}}","schedules":[{{{Daily}}},{{{Weekly}}}]}""");
        var ids = created!["schedules"]!.AsArray().Select(schedule => schedule!["id"]!.ToString()).Order().ToList();
        server.Clock.Advance(TimeSpan.FromSeconds(1));
        var (status, _) = await server.PatchAsync($"deployments/{created["id"]}",
            """{"schedules":[{"slug":"week","replaces":"day","active":false},{"slug":"day","replaces":"week"}]}""");
        Assert.Equal(204, status);
        var (_, read) = await server.GetAsync($"deployments/{created["id"]}/schedules");
        Assert.Equal(ids, read!.AsArray().Select(schedule => schedule!["id"]!.ToString()).Order());
        var week = read.AsArray().Single(schedule => (string?)schedule!["slug"] == "week");
        Assert.Equal((86400.0, false), ((double)week!["schedule"]!["interval"]!, (bool)week["active"]!));
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task A_queue_named_alone_is_created_in_the_agents_pool_at_the_front(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind);
        var flow = await FlowAsync(server);
        foreach (var queue in (string[])["one", "two"])
        {
            var (status, created) = await server.PostAsync("deployments/", $$"""{"name":"{{queue}}","flow_id":"{{flow}}","work_queue_name":"{{queue}}"}""");
            Assert.Equal(201, status);
            Assert.Equal((queue, "default-agent-pool"), ((string?)created!["work_queue_name"], (string?)created["work_pool_name"]));
        }
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Schedules_come_change_and_go_and_slugs_stay_unique(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind);
        var flow = await FlowAsync(server);
        var (_, created) = await server.PostAsync("deployments/", $$"""{"name":"d","flow_id":"{{flow}}"}""");
        var path = $"deployments/{created!["id"]}/schedules";
        var (status, schedules) = await server.PostAsync(path, $"[{Daily}]");
        Assert.Equal(201, status);
        Assert.Equal(409, (await server.PostAsync(path, $"[{Daily}]")).Status);
        var id = schedules![0]!["id"];
        Assert.Equal(204, (await server.PatchAsync($"{path}/{id}", """{"active":false}""")).Status);
        Assert.False((bool)(await server.GetAsync(path)).Body![0]!["active"]!);
        Assert.Equal(204, (await server.DeleteAsync($"{path}/{id}")).Status);
        Assert.Equal(404, (await server.DeleteAsync($"{path}/{id}")).Status);
        Assert.Equal(422, (await server.PostAsync(path, """[{"schedule":{"cron":"nonsense"}}]""")).Status);
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Deleted_deployments_are_gone_and_pausing_wants_one_that_is_there(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind);
        var flow = await FlowAsync(server);
        var (_, created) = await server.PostAsync("deployments/", $$"""{"name":"d","flow_id":"{{flow}}"}""");
        Assert.Equal(200, (await server.PostAsync($"deployments/{created!["id"]}/pause_deployment")).Status);
        Assert.True((bool)(await server.GetAsync($"deployments/{created["id"]}")).Body!["paused"]!);
        Assert.Equal(200, (await server.PostAsync($"deployments/{created["id"]}/resume_deployment")).Status);
        Assert.Equal(1, (int)(await server.PostAsync("deployments/count")).Body!);
        Assert.Equal(204, (await server.DeleteAsync($"deployments/{created["id"]}")).Status);
        Assert.Equal(404, (await server.DeleteAsync($"deployments/{created["id"]}")).Status);
        Assert.Equal(404, (await server.PostAsync($"deployments/{created["id"]}/pause_deployment")).Status);
    }

    private static async Task<string> FlowAsync(TestServer server) =>
        (await server.PostAsync("flows/", """{"name":"f"}""")).Body!["id"]!.ToString();

    private static IEnumerable<string?> Slugs((int Status, JsonNode? Body) read) =>
        read.Body!["schedules"]!.AsArray().Select(schedule => (string?)schedule!["slug"]);
}
