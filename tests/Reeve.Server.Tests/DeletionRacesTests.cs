using Reeve.Server.Tests.FlowRuns;
using Reeve.Testing;

namespace Reeve.Server.Tests;

/// <summary>Of two who delete one thing at once, one has done it and one is told that it is not there; its end is told once.</summary>
public sealed class DeletionRacesTests
{
    [Theory]
    [InlineData("flow", "flows/", """{"name":"f"}""", "flows/{0}")]
    [InlineData("variable", "variables/", """{"name":"v","value":1}""", "variables/name/v")]
    [InlineData("work_pool", "work_pools/", """{"name":"p","type":"process"}""", "work_pools/p")]
    [InlineData("work_queue", "work_queues/", """{"name":"q"}""", "work_queues/{0}")]
    [InlineData("automation", "automations/", """{"name":"a","trigger":{"type":"event","posture":"Reactive"},"actions":[{"type":"do-nothing"}]}""", "automations/{0}")]
    [InlineData("block_type", "block_types/", """{"name":"t","slug":"t"}""", "block_types/{0}")]
    [InlineData("deployment", "deployments/", """{"name":"d","flow_id":"FLOW"}""", "deployments/{0}")]
    public async Task Who_comes_second_finds_nothing_and_tells_nothing(string table, string create, string body, string path)
    {
        await using var server = await TestServer.StartAsync(DatabaseKind.Postgres);
        var flow = table == "deployment" ? await Runs.FlowAsync(server) : "";
        var (_, made) = await server.PostAsync(create, body.Replace("FLOW", flow, StringComparison.Ordinal));
        var id = (string)made!["id"]!;

        var (status, _) = await Race.BehindAsync(server, $"delete from {table} where id = '{id}'", () => server.DeleteAsync(path.Replace("{0}", id, StringComparison.Ordinal)));

        Assert.Equal(404, status);
        Assert.Equal(0, await server.Database.ScalarAsync<long>("select count(*) from reeve_outbox where event ->> 'event' like '%.deleted'"));
    }

    [Fact]
    public async Task A_block_is_deleted_once()
    {
        await using var server = await TestServer.StartAsync(DatabaseKind.Postgres);
        var document = await BlockAsync(server);

        var (status, _) = await Race.BehindAsync(server, $"delete from block_document where id = '{document}'", () => server.DeleteAsync($"block_documents/{document}"));

        Assert.Equal(404, status);
        Assert.Equal(0, await server.Database.ScalarAsync<long>("select count(*) from reeve_outbox where event ->> 'event' like '%.deleted'"));
    }

    [Fact]
    public async Task A_block_that_goes_meanwhile_does_not_become_the_place_of_results()
    {
        await using var server = await TestServer.StartAsync(DatabaseKind.Postgres);
        var document = await BlockAsync(server);

        var (status, _) = await Race.OvertakenAsync(
            server, "insert into configuration", other => other.DeleteAsync($"block_documents/{document}"),
            () => server.SendAsync(HttpMethod.Put, "admin/storage", $$"""{"default_result_storage_block_id":"{{document}}"}"""));

        Assert.Equal(404, status);
        Assert.Null((await server.GetAsync("admin/storage")).Body!["default_result_storage_block_id"]);
    }

    [Fact]
    public async Task Two_blocks_that_are_to_refer_to_each_other_at_once_make_no_circle()
    {
        await using var server = await TestServer.StartAsync(DatabaseKind.Postgres);
        var (first, second) = (await BlockAsync(server), await BlockAsync(server, "second"));
        static string To(string document) => $$$"""{"data":{"up":{"$ref":{"block_document_id":"{{{document}}}"} } } }""";

        var (status, _) = await Race.OvertakenAsync(
            server, "update block_document set data", other => other.PatchAsync($"block_documents/{second}", To(first)),
            () => server.PatchAsync($"block_documents/{first}", To(second)));

        Assert.Equal((400, 200), (status, (await server.GetAsync($"block_documents/{second}")).Status));
    }

    [Fact]
    public async Task The_newest_artifact_and_the_one_before_it_go_at_once_and_nothing_of_the_key_stays()
    {
        await using var server = await TestServer.StartAsync(DatabaseKind.Postgres);
        var (_, first) = await server.PostAsync("artifacts/", """{"key":"report","data":1}""");
        server.Clock.Advance(TimeSpan.FromSeconds(1));
        var (_, second) = await server.PostAsync("artifacts/", """{"key":"report","data":2}""");

        var (status, _) = await Race.OvertakenAsync(
            server, "delete from artifact where", other => other.DeleteAsync($"artifacts/{first!["id"]}"), () => server.DeleteAsync($"artifacts/{second!["id"]}"));

        Assert.Equal(204, status);
        Assert.Equal(404, (await server.GetAsync("artifacts/report/latest")).Status);
    }

    /// <summary>Each changes what it sent, and nothing that somebody else is changing.</summary>
    [Theory]
    [InlineData("variables/", """{"name":"v","value":1,"tags":["a"]}""", "variable", "value", "2", "tags", """["b"]""")]
    [InlineData("block_types/", """{"name":"t","slug":"t"}""", "block_type", "description", "\"d\"", "code_example", "\"c\"")]
    public async Task Changes_of_different_members_do_not_undo_each_other(
        string create, string body, string table, string ours, string value, string theirs, string other)
    {
        await using var server = await TestServer.StartAsync(DatabaseKind.Postgres);
        var (_, made) = await server.PostAsync(create, body);
        var path = $"{create}{made!["id"]}";

        var (status, _) = await Race.OvertakenAsync(
            server, $"update {table} set", beside => beside.PatchAsync(path, $$"""{"{{theirs}}":{{other}}}"""), () => server.PatchAsync(path, $$"""{"{{ours}}":{{value}}}"""));

        var (_, after) = await server.GetAsync(path);
        Assert.Equal((204, value, other), (status, after![ours]!.ToJsonString(), after[theirs]!.ToJsonString()));
    }

    private static async Task<string> BlockAsync(TestServer server, string name = "results")
    {
        await server.PostAsync("block_types/install_system_block_types", "");
        var (_, type) = await server.GetAsync("block_types/slug/local-file-system");
        var (_, schemas) = await server.PostAsync("block_schemas/filter", $$$$$"""{"block_schemas":{"block_type_id":{"any_":["{{{{{type!["id"]}}}}}"]}}}""");
        var (_, document) = await server.PostAsync(
            "block_documents/", $$"""{"name":"{{name}}","block_type_id":"{{type["id"]}}","block_schema_id":"{{schemas![0]!["id"]}}","data":{} }""");
        return (string)document!["id"]!;
    }
}
