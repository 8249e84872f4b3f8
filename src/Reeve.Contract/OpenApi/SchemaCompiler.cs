using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;

namespace Reeve.Contract.OpenApi;

/// <summary>Makes nodes of the document's schemas, each named schema once, when a value first gets to it.</summary>
internal sealed class SchemaCompiler(DocumentIndex index)
{
    private readonly ConcurrentDictionary<string, SchemaNode> _named = new(StringComparer.Ordinal);

    public SchemaNode Named(string name) => _named.GetOrAdd(name, CompileNamed);

    /// <exception cref="NotSupportedException">The schema says something that nothing here checks.</exception>
    public SchemaNode Compile(JsonElement schema, string owner = "")
    {
        if (schema.TryGetProperty("$ref", out var reference)) return new ReferenceNode(this, reference.GetString()!["#/components/schemas/".Length..]);
        if (schema.TryGetProperty("anyOf", out var branches)) return Union(branches);
        if (schema.TryGetProperty("const", out var word)) return new ChoiceNode([word.GetString()!], isConst: true);
        if (schema.TryGetProperty("enum", out var words)) return new ChoiceNode([.. words.EnumerateArray().Select(static each => each.GetString()!)], isConst: false);
        if (!schema.TryGetProperty("type", out var type)) return AnyNode.Instance;
        return type.GetString() switch
        {
            "string" => Text(schema),
            "number" when Format(schema) == "time-delta" => new ScalarNode(ScalarKind.Duration),
            "number" => Number(schema, whole: false),
            "integer" => Number(schema, whole: true),
            "boolean" => new ScalarNode(ScalarKind.Boolean),
            "null" => new ScalarNode(ScalarKind.Null),
            "array" => Array(schema),
            "object" => Object(schema, owner),
            var other => throw new NotSupportedException($"No node for the type {other}."),
        };
    }

    private SchemaNode CompileNamed(string name)
    {
        using var schema = index.Schema(name);
        var node = Compile(schema.RootElement, name);
        return SchemaChecks.Of(name) is { } check ? new CheckedNode(node, check) : node;
    }

    private SchemaNode Union(JsonElement branches)
    {
        var nodes = branches.EnumerateArray().Select(each => Compile(each)).ToList();
        if (nodes.Contains(AnyNode.Instance)) return AnyNode.Instance;
        var nullable = nodes.RemoveAll(static node => node is ScalarNode { Kind: ScalarKind.Null }) > 0;
        var node = nodes.Count == 1 ? nodes[0] : new UnionNode(nodes);
        return nullable ? new NullableNode(node) : node;
    }

    private static SchemaNode Text(JsonElement schema)
    {
        switch (Format(schema))
        {
            case "uuid":
                return new ScalarNode(ScalarKind.Uuid);
            case "date-time":
                return new ScalarNode(ScalarKind.Instant);
            case "duration":
                return new ScalarNode(ScalarKind.Duration);
            default:
                var pattern = schema.TryGetProperty("pattern", out var text) ? TextPattern.Parse(text.GetString()!) : null;
                return new TextNode(Integer(schema, "minLength", 0), Integer(schema, "maxLength", int.MaxValue), pattern);
        }
    }

    private static NumberNode Number(JsonElement schema, bool whole) =>
        new(whole, Real(schema, "minimum"), Real(schema, "maximum"), Real(schema, "exclusiveMinimum"));

    private ArrayNode Array(JsonElement schema)
    {
        var items = schema.TryGetProperty("items", out var every) ? Compile(every) : AnyNode.Instance;
        SchemaNode[] leading = schema.TryGetProperty("prefixItems", out var first) ? [.. first.EnumerateArray().Select(each => Compile(each))] : [];
        return new ArrayNode(items, leading, Integer(schema, "minItems", 0), Integer(schema, "maxItems", int.MaxValue));
    }

    private ObjectNode Object(JsonElement schema, string owner)
    {
        var required = schema.TryGetProperty("required", out var names) ? names.EnumerateArray().Select(static each => each.GetString()!).ToList() : [];
        if (required.Count > 64) throw new NotSupportedException($"{owner} requires more members than a word has bits.");
        var members = schema.TryGetProperty("properties", out var properties)
            ? properties.EnumerateObject().Select(each => Member(each, owner, required.IndexOf(each.Name))).ToArray()
            : [];
        var closed = false;
        SchemaNode? others = null;
        if (schema.TryGetProperty("additionalProperties", out var additional))
        {
            closed = additional.ValueKind == JsonValueKind.False;
            if (additional.ValueKind == JsonValueKind.Object) others = Compile(additional);
        }
        return new ObjectNode(members, others, closed, SchemaChecks.RetiredKeys(owner));
    }

    private SchemaMember Member(JsonProperty property, string owner, int requiredAt)
    {
        var node = SchemaChecks.IsDuration(owner, property.Name) ? Duration(property.Value) : Compile(property.Value);
        if (SchemaChecks.TakesObject(owner, property.Name)) node = new TextOrObjectNode(node);
        if (SchemaChecks.Of(owner, property.Name) is { } check) node = new CheckedNode(node, check);
        if (SchemaChecks.TakesNull(owner, property.Name)) node = new NullableNode(node);
        return new SchemaMember(property.Name, Encoding.UTF8.GetBytes(property.Name), node, requiredAt < 0 ? 0 : 1UL << requiredAt);
    }

    // The document calls durations numbers, which is how they go out.
    private static SchemaNode Duration(JsonElement schema)
    {
        var duration = new ScalarNode(ScalarKind.Duration);
        return schema.TryGetProperty("anyOf", out _) ? new NullableNode(duration) : duration;
    }

    private static string? Format(JsonElement schema) => schema.TryGetProperty("format", out var format) ? format.GetString() : null;

    private static int Integer(JsonElement schema, string key, int otherwise) => schema.TryGetProperty(key, out var value) ? value.GetInt32() : otherwise;

    private static double? Real(JsonElement schema, string key) => schema.TryGetProperty(key, out var value) ? value.GetDouble() : null;
}
