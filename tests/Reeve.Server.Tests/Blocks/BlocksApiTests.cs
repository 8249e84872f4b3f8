using System.Text.Json.Nodes;
using Reeve.Testing;

namespace Reeve.Server.Tests.Blocks;

public sealed class BlocksApiTests
{
    private const string ChildFields =
        """{"title":"Child","type":"object","properties":{"x":{"type":"string"},"z":{"type":"object"}},"secret_fields":["x","z.*"],"block_type_slug":"child","block_schema_references":{}}""";

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Secrets_are_hidden_kept_encrypted_and_kept_when_the_mask_is_sent_back(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind);
        var (type, schema) = await CreateChildAsync(server);
        var (status, created) = await server.PostAsync("block_documents/",
            $$$$$"""{"name":"one","block_type_id":"{{{{{type}}}}}","block_schema_id":"{{{{{schema}}}}}","data":{"x":"hush","z":{"a":{"b":"deep"}},"y":"open"}}""");

        var (patched, _) = await server.PatchAsync($"block_documents/{created!["id"]}", """{"data":{"x":"********","z":{"a":{"b":"********","c":"new"}},"y":"changed"}}""");
        var (_, clear) = await server.GetAsync($"block_documents/{created["id"]}?include_secrets=true");
        var stored = await server.Database.ScalarAsync<string>("select cast(data as text) from block_document");

        Assert.Equal((201, 204), (status, patched));
        Assert.Equal("""{"x":"********","z":{"a":{"b":"********"}},"y":"open"}""", created["data"]!.ToJsonString());
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse("""{"x":"hush","z":{"a":{"b":"deep","c":"new"}},"y":"changed"}"""), clear!["data"]));
        Assert.StartsWith("\"gAAAA", stored, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task A_reference_is_filled_with_the_document_it_names_and_may_not_lead_back(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind);
        var (type, schema) = await CreateChildAsync(server);
        async Task<JsonNode> Create(string name, string data) => (await server.PostAsync("block_documents/",
            $$$$$"""{"name":"{{{{{name}}}}}","block_type_id":"{{{{{type}}}}}","block_schema_id":"{{{{{schema}}}}}","data":{{{{{data}}}}}}""")).Body!;

        var inner = await Create("inner", """{"x":"hush"}""");
        var outer = await Create("outer", $$$$$"""{"child":{"$ref":{"block_document_id":"{{{{{inner["id"]}}}}}"}}}""");
        var (circular, _) = await server.PatchAsync($"block_documents/{inner["id"]}", $$$$$"""{"data":{"up":{"$ref":{"block_document_id":"{{{{{outer["id"]}}}}}"}}}}""");
        var (self, _) = await server.PatchAsync($"block_documents/{inner["id"]}", $$$$$"""{"data":{"me":{"$ref":{"block_document_id":"{{{{{inner["id"]}}}}}"}}}}""");
        var (nameless, _) = await server.PatchAsync($"block_documents/{inner["id"]}", """{"data":{"up":{"$ref":{}}}}""");

        Assert.Equal("********", (string?)outer["data"]!["child"]!["x"]);
        Assert.Equal("inner", (string?)outer["block_document_references"]!["child"]!["block_document"]!["name"]);
        Assert.Equal((400, 400, 400), (circular, self, nameless));
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task A_schema_registers_those_nested_in_it_and_is_put_together_again(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind);
        await server.PostAsync("block_types/", """{"name":"Child","slug":"child"}""");
        var (_, parentType) = await server.PostAsync("block_types/", """{"name":"Parent","slug":"parent"}""");
        var body =
            $$$$$"""
            {"block_type_id":"{{{{{parentType!["id"]}}}}}","capabilities":["notify"],"fields":{"title":"Parent","type":"object","block_type_slug":"parent",
            "properties":{"child":{"$ref":"#/definitions/Child"}},"definitions":{"Child":{{{{{ChildFields}}}}}},
            "block_schema_references":{"child":{"block_schema_checksum":"sha256:0","block_type_slug":"child"}}}}
            """;

        var (created, schema) = await server.PostAsync("block_schemas/", body);
        var (again, same) = await server.PostAsync("block_schemas/", body);
        var (_, read) = await server.GetAsync($"block_schemas/{schema!["id"]}");
        var (_, all) = await server.PostAsync("block_schemas/filter");
        var (_, capabilities) = await server.GetAsync("block_capabilities/");

        Assert.Equal((201, 200), (created, again));
        Assert.Equal((string?)schema["id"], (string?)same!["id"]);
        Assert.Equal(2, all!.AsArray().Count);
        Assert.Equal("child", (string?)read!["fields"]!["block_schema_references"]!["child"]!["block_type_slug"]);
        Assert.Equal("Child", (string?)read["fields"]!["definitions"]!["Child"]!["title"]);
        Assert.Equal("""["notify"]""", capabilities!.ToJsonString());
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task The_types_the_server_relies_on_are_installed_again_and_again_and_stay_protected(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind);
        await server.PostAsync("block_types/install_system_block_types", "");
        var (status, _) = await server.PostAsync("block_types/install_system_block_types", "");
        var (_, types) = await server.PostAsync("block_types/filter");
        var (_, secret) = await server.GetAsync("block_types/slug/secret");
        var (deleted, _) = await server.DeleteAsync($"block_types/{secret!["id"]}");

        Assert.Equal(200, status);
        Assert.Equal(["local-file-system", "secret", "webhook"], types!.AsArray().Select(type => (string?)type!["slug"]));
        Assert.Equal(403, deleted);
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task A_block_that_results_go_to_is_forgotten_with_the_block(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind);
        await server.PostAsync("block_types/install_system_block_types", "");
        var (_, type) = await server.GetAsync("block_types/slug/local-file-system");
        var (_, schemas) = await server.PostAsync("block_schemas/filter", $$$$$"""{"block_schemas":{"block_type_id":{"any_":["{{{{{type!["id"]}}}}}"]}}}""");
        var (_, document) = await server.PostAsync("block_documents/",
            $$$$$"""{"name":"results","block_type_id":"{{{{{type["id"]}}}}}","block_schema_id":"{{{{{schemas![0]!["id"]}}}}}","data":{}}""");

        var (put, _) = await server.SendAsync(HttpMethod.Put, "admin/storage", $$$$$"""{"default_result_storage_block_id":"{{{{{document!["id"]}}}}}"}""");
        var (_, set) = await server.GetAsync("admin/storage");
        await server.DeleteAsync($"block_documents/{document["id"]}");
        var (_, cleared) = await server.GetAsync("admin/storage");

        Assert.Equal(200, put);
        Assert.Equal((string?)document["id"], (string?)set!["default_result_storage_block_id"]);
        Assert.Null(cleared!["default_result_storage_block_id"]);
    }

    private static async Task<(string Type, string Schema)> CreateChildAsync(TestServer server)
    {
        var (_, type) = await server.PostAsync("block_types/", """{"name":"Child","slug":"child"}""");
        var (_, schema) = await server.PostAsync("block_schemas/", $$$$$"""{"block_type_id":"{{{{{type!["id"]}}}}}","fields":{{{{{ChildFields}}}}}}""");
        return ((string)type["id"]!, (string)schema!["id"]!);
    }
}
