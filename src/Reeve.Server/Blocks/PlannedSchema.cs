using System.Text.Json.Nodes;
using Reeve.Server.Http;

namespace Reeve.Server.Blocks;

/// <summary>
/// A schema to be stored, with those nested in it. Stored are its own fields alone: which blocks it refers to is kept in
/// a table, and their definitions are put together again when it is read.
/// </summary>
internal sealed class PlannedSchema
{
    private const int MaxDepth = 50;

    private PlannedSchema(JsonObject fields, string checksum, string version)
    {
        Fields = fields;
        Checksum = checksum;
        Version = version;
    }

    public Guid Id { get; } = Guid.NewGuid();

    public string Checksum { get; }

    public string Version { get; }

    /// <summary>The fields as they are stored.</summary>
    public JsonObject Fields { get; }

    public List<PlannedReference> References { get; } = [];

    /// <summary>A reference under a field; <paramref name="Nested"/> is what to store where the schema is not known yet.</summary>
    internal sealed record PlannedReference(string Field, string Slug, string Checksum, PlannedSchema? Nested);

    /// <summary>Plans a schema as a client sent it.</summary>
    public static PlannedSchema Of(JsonObject fields, string version) =>
        Of(fields, fields["definitions"] as JsonObject, version, new Dictionary<string, PlannedSchema>(), 0);

    /// <summary>Every reference of the schema and those nested in it.</summary>
    public IEnumerable<PlannedReference> AllReferences() =>
        References.SelectMany(static reference => (reference.Nested?.AllReferences() ?? []).Prepend(reference));

    private static PlannedSchema Of(
        JsonObject sent, JsonObject? definitions, string version, Dictionary<string, PlannedSchema> known, int depth)
    {
        if (depth > MaxDepth) throw ApiException.Detail(409, $"Cannot create block schema because its blocks nest deeper than {MaxDepth}.");
        var fields = (JsonObject)sent.DeepClone();
        if (definitions is { Count: > 0 }) fields["definitions"] = definitions.DeepClone();
        var checksum = BlockSchemaChecksum.Of(fields);
        if (known.TryGetValue(checksum, out var same)) return same;

        if (definitions is { Count: > 0 })
        {
            var others = BlockSchemaChecksum.NonBlockDefinitions(fields, definitions);
            fields.Remove("definitions");
            if (others.Count > 0) fields["definitions"] = others;
        }
        var references = fields["block_schema_references"] as JsonObject ?? [];
        fields.Remove("block_schema_references");
        var planned = known[checksum] = new PlannedSchema(fields, checksum, version);
        foreach (var (field, value) in references)
        {
            foreach (var reference in BlockJson.OneOrMany(value))
            {
                var slug = BlockJson.Text(reference["block_type_slug"]) ?? "";
                var nested = Definition(fields, field, slug, definitions) is { } found
                    ? Of(found, definitions, "non-versioned", known, depth + 1)
                    : null;
                planned.References.Add(new(field, slug, BlockJson.Text(reference["block_schema_checksum"]) ?? "", nested));
            }
        }
        return planned;
    }

    /// <summary>The definition that a field refers to; of several, the one of the wanted type.</summary>
    private static JsonObject? Definition(JsonObject fields, string field, string slug, JsonObject? definitions)
    {
        if (definitions is null || (fields["properties"] as JsonObject)?[field] is not { } property) return null;
        var candidates = Pointers(property)
            .Select(reference => definitions[reference.Replace("#/definitions/", "")] as JsonObject)
            .OfType<JsonObject>().ToList();
        return candidates is [var only] ? only : candidates.Find(one => BlockJson.Text(one["block_type_slug"]) == slug);
    }

    private static IEnumerable<string> Pointers(JsonNode? node) => node switch
    {
        JsonObject map => map.SelectMany(static member => Pointers(member.Value))
            .Concat(BlockJson.Text(map["$ref"]) is { } reference ? [reference] : []),
        JsonArray list => list.SelectMany(static item => Pointers(item)),
        _ => [],
    };
}
