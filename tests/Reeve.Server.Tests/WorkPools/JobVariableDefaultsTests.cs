using System.Text.Json.Nodes;
using Reeve.Testing;

namespace Reeve.Server.Tests.WorkPools;

/// <summary>Defaults of a base job template that refer to a block are judged by what is in the block.</summary>
public sealed class JobVariableDefaultsTests
{
    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task A_pool_is_taken_when_the_block_fits_the_schema_and_refused_when_it_does_not(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind);
        var block = await BlockAsync(server);

        var (fits, _) = await server.PostAsync("work_pools/", Pool("fits", "object", block));
        var (wrong, told) = await server.PostAsync("work_pools/", Pool("wrong", "string", block));
        var (missing, _) = await server.PostAsync("work_pools/", Pool("missing", "object", Guid.NewGuid().ToString()));
        var (malformed, _) = await server.PostAsync("work_pools/", Pool("malformed", "object", "i'm no id"));

        Assert.Equal((201, 422, 404, 404), (fits, wrong, missing, malformed));
        Assert.EndsWith("Failure reason: {'foo': 'bar'} is not of type 'string'", (string?)told!["detail"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task A_run_needs_no_variables_of_its_own_where_the_block_gives_them(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind);
        var block = await BlockAsync(server);
        await server.PostAsync("work_pools/", Pool("p", "object", block));
        var (_, flow) = await server.PostAsync("flows/", """{"name":"f"}""");
        var (_, deployment) = await server.PostAsync("deployments/", $$"""{"name":"d","flow_id":"{{flow!["id"]}}","work_pool_name":"p"}""");

        var (status, run) = await server.PostAsync($"deployments/{deployment!["id"]}/create_flow_run");
        var (refused, _) = await server.PostAsync($"deployments/{deployment["id"]}/create_flow_run", """{"job_variables":{"block":7}}""");
        await server.DeleteAsync($"block_documents/{block}");
        var (gone, _) = await server.PostAsync($"deployments/{deployment["id"]}/create_flow_run");

        Assert.Equal((201, 422, 404), (status, refused, gone));
        Assert.Equal("{}", run!["job_variables"]!.ToJsonString());
    }

    private static async Task<string> BlockAsync(TestServer server)
    {
        var (_, type) = await server.PostAsync("block_types/", """{"name":"T","slug":"t"}""");
        var (_, schema) = await server.PostAsync("block_schemas/", $$$$"""{"block_type_id":"{{{{type!["id"]}}}}","fields":{"title":"T","properties":{}}}""");
        var (_, document) = await server.PostAsync("block_documents/",
            $$$"""{"name":"b","block_type_id":"{{{type["id"]}}}","block_schema_id":"{{{schema!["id"]}}}","data":{"foo":"bar"}}""");
        return (string)document!["id"]!;
    }

    private static string Pool(string name, string type, string block) => new JsonObject
    {
        ["name"] = name,
        ["type"] = "process",
        ["base_job_template"] = new JsonObject
        {
            ["job_configuration"] = new JsonObject { ["block"] = "{{ block }}" },
            ["variables"] = new JsonObject
            {
                ["properties"] = new JsonObject
                {
                    ["block"] = new JsonObject { ["type"] = type, ["default"] = new JsonObject { ["$ref"] = new JsonObject { ["block_document_id"] = block } } },
                },
                ["required"] = new JsonArray("block"),
            },
        },
    }.ToJsonString();
}
