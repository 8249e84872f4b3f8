using System.Text.Json;
using System.Text.Json.Nodes;
using Reeve.Contract.OpenApi;

namespace Reeve.Contract.Tests.OpenApi;

public sealed class DocumentTests
{
    private static readonly string[] Words = ["summary", "description", "title", "x-logo"];

    [Fact]
    public void The_document_has_the_operations_and_schemas_of_the_contract()
    {
        if (SharedFiles.Find("contract/openapi.json") is not { } path) return;
        var theirs = JsonNode.Parse(File.ReadAllText(path))!;
        var ours = JsonNode.Parse(OpenApiDocument.Write())!;
        foreach (var part in new[] { "openapi", "paths", "components" })
        {
            Assert.Equal(Bare(theirs[part])!.ToJsonString(), Bare(ours[part])!.ToJsonString());
        }
    }

    [Fact]
    public void Every_operation_and_every_schema_compiles()
    {
        foreach (var operation in OpenApiDocument.Index.Operations)
        {
            var words = operation.Split(' ');
            Assert.NotNull(OpenApiDocument.Find(words[0], words[1]));
        }
        foreach (var schema in OpenApiDocument.Index.Schemas) Assert.NotNull(OpenApiDocument.Compiler.Named(schema));
    }

    [Fact]
    public void The_copy_below_the_mount_names_its_version_and_server()
    {
        using var document = JsonDocument.Parse(OpenApiDocument.Write("0.1.0", "/api"));
        Assert.Equal("0.1.0", document.RootElement.GetProperty("info").GetProperty("version").GetString());
        Assert.Equal("/api", document.RootElement.GetProperty("servers")[0].GetProperty("url").GetString());
    }

    private static JsonNode? Bare(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject map:
                var result = new JsonObject();
                foreach (var (name, value) in map.OrderBy(static each => each.Key, StringComparer.Ordinal))
                {
                    if (value is JsonValue && Words.Contains(name)) continue;
                    result[name] = Bare(value);
                }
                return result;
            case JsonArray list:
                return new JsonArray([.. list.Select(Bare)]);
            default:
                return node?.DeepClone();
        }
    }
}
