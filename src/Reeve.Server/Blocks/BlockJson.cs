using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Reeve.Core;

namespace Reeve.Server.Blocks;

/// <summary>Block fields and data as trees that can be taken apart and put together.</summary>
internal static class BlockJson
{
    private static readonly JsonDocumentOptions ReadOptions = new() { MaxDepth = RawJson.MaxDepth };

    private static readonly JsonSerializerOptions WriteOptions = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        MaxDepth = RawJson.MaxDepth,
    };

    /// <summary>The object, or an empty one where the value is none.</summary>
    public static JsonObject Parse(RawJson json) => Parse(json.Utf8.Span);

    public static JsonObject Parse(ReadOnlySpan<byte> utf8) =>
        JsonNode.Parse(utf8, documentOptions: ReadOptions) as JsonObject ?? [];

    public static RawJson ToRaw(JsonNode node) => RawJson.FromTrusted(node.ToJsonString(WriteOptions));

    public static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    /// <summary>A value that is a list, or one that stands alone, as a list.</summary>
    public static IEnumerable<JsonObject> OneOrMany(JsonNode? node) => node switch
    {
        JsonObject one => [one],
        JsonArray many => many.OfType<JsonObject>(),
        _ => [],
    };
}
