using System.Text.Json.Nodes;
using Reeve.Contract.Blocks;
using Reeve.Contract.Events;
using Reeve.Server.Events;

namespace Reeve.Server.Blocks;

/// <summary>What is told of block documents that have a name, never their secrets; see events.md §11.5.</summary>
internal static class BlockDocumentEvents
{
    private const string Kind = "prefect.block-document";

    public static Event Created(BlockDocument document, JsonObject data, IReadOnlyList<string> capabilities, DateTimeOffset now) =>
        Of("created", document, data, capabilities, now);

    public static Event Updated(BlockDocument document, JsonObject data, IReadOnlyList<string> capabilities, DateTimeOffset now) =>
        Of("updated", document, data, capabilities, now);

    public static Event Deleted(BlockDocument document, JsonObject data, IReadOnlyList<string> capabilities, DateTimeOffset now) =>
        Of("deleted", document, data, capabilities, now);

    /// <summary>The texts at the top level of a document's data that its schema does not list as secrets.</summary>
    public static JsonObject Tellable(JsonObject data, JsonObject schemaFields)
    {
        var hidden = (JsonObject)data.DeepClone();
        var paths = BlockSecrets.Paths(schemaFields);
        BlockSecrets.Hide(hidden, paths);
        var secrets = paths.Select(static path => string.Join('.', path)).ToHashSet();
        var tellable = new JsonObject();
        foreach (var (key, value) in hidden)
        {
            if (!secrets.Contains(key) && BlockJson.Text(value) is { } text) tellable[key] = text;
        }
        return tellable;
    }

    private static Event Of(string what, BlockDocument document, JsonObject data, IReadOnlyList<string> capabilities, DateTimeOffset now)
    {
        var told = EventDraft.Of($"{Kind}.{what}", Kind, document.Id, document.Name!, now);
        var type = new Dictionary<string, string>
        {
            ["prefect.resource.id"] = $"prefect.block-type.{document.BlockTypeId}",
            ["prefect.resource.role"] = "block-type",
        };
        if (document.BlockTypeName is { } typeName) type["prefect.resource.name"] = typeName;
        told.Related.Add(type);
        told.Related.Add(new()
        {
            ["prefect.resource.id"] = $"prefect.block-schema.{document.BlockSchemaId}",
            ["prefect.resource.role"] = "block-schema",
        });
        told.Payload = EventPayload.Write(writer =>
        {
            writer.WriteString("name", document.Name);
            writer.WriteRaw("data", BlockJson.ToRaw(data));
            writer.WriteStartObject("block_schema");
            writer.WriteStrings("capabilities", capabilities);
            writer.WriteStartObject("block_type");
            writer.WriteString("id", document.BlockTypeId);
            writer.WriteString("name", document.BlockTypeName ?? "");
            writer.WriteEndObject();
            writer.WriteEndObject();
        });
        return told;
    }
}
