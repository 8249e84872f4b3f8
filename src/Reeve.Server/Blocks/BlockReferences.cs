using System.Text.Json.Nodes;
using Reeve.Server.Http;

namespace Reeve.Server.Blocks;

/// <summary>The values of a block's data that stand for other documents: <c>{"$ref": {"block_document_id": …}}</c>, at the top level only.</summary>
internal static class BlockReferences
{
    /// <summary>Takes the references out of <paramref name="data"/>; what is left is what is stored with the document.</summary>
    /// <exception cref="ApiException">400: a reference does not say to what.</exception>
    public static List<(string Field, Guid Id)> Take(JsonObject data)
    {
        var references = new List<(string, Guid)>();
        foreach (var (key, value) in data.ToList())
        {
            if (value is not JsonObject map || !map.TryGetPropertyValue("$ref", out var target)) continue;
            if (BlockJson.Text((target as JsonObject)?["block_document_id"]) is not { } text)
            {
                throw ApiException.Detail(400, $"Received block reference without a block_document_id in key {key}");
            }
            if (!Guid.TryParse(text, out var id))
            {
                throw ApiException.Detail(400, $"The block reference in key {key} has the block_document_id '{text}', which is not a UUID.");
            }
            data.Remove(key);
            references.Add((key, id));
        }
        return references;
    }
}
