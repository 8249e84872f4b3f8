namespace Reeve.Core.JsonSchema;

/// <summary>
/// Repairs schemas as old clients write them: optional fields that do not admit null, tuples in <c>items</c>, and definitions
/// of block types, whose values may be references.
/// </summary>
public static class SchemaPreprocessor
{
    private const string BlockReference = """
        {"type": "object", "properties": {"$ref": {"oneOf": [{"type": "string", "format": "uuid"},
          {"type": "object", "additionalProperties": {"type": "string"}, "minProperties": 1}]}}, "required": ["$ref"]}
        """;

    /// <summary>A repaired copy; anything but an object comes back as it is.</summary>
    public static object? Preprocess(object? schema, bool allowNullWithDefault = false)
    {
        if (schema is not JsonMap original)
            return schema;
        var map = JsonTree.CloneMap(original);
        if (map.GetValueOrDefault("properties") is JsonMap properties)
            Fix(properties, Required(map), allowNullWithDefault);
        if (map.GetValueOrDefault("definitions") is JsonMap definitions)
            FixDefinitions(definitions, allowNullWithDefault);
        return map;
    }

    /// <summary>A copy without any key <c>required</c>, in nested objects but not within lists.</summary>
    public static object? WithoutRequired(object? schema)
    {
        if (schema is not JsonMap map)
            return schema;
        var copy = new JsonMap();
        foreach (var (key, value) in map)
        {
            if (key != "required")
                copy[key] = WithoutRequired(value);
        }

        return copy;
    }

    private static void FixDefinitions(JsonMap definitions, bool allowNullWithDefault)
    {
        foreach (var definition in definitions.Values.OfType<JsonMap>().ToList())
        {
            if (definition.GetValueOrDefault("properties") is JsonMap properties)
                Fix(properties, Required(definition), allowNullWithDefault);
            if (definition.ContainsKey("block_type_slug") && definition.GetValueOrDefault("title") is string title)
                definitions[title] = new JsonMap { ["oneOf"] = new List<object?> { definition, JsonTree.Parse(BlockReference) } };
        }
    }

    private static void Fix(JsonMap properties, List<object?> required, bool allowNullWithDefault)
    {
        foreach (var (name, value) in properties)
        {
            if (value is not JsonMap schema)
                continue;
            AdmitNull(name, schema, required, allowNullWithDefault);
            if (schema.GetValueOrDefault("items") is List<object?> { Count: > 0 } items && schema.GetValueOrDefault("prefixItems") is not List<object?> { Count: > 0 })
            {
                schema["prefixItems"] = items;
                schema.Remove("items");
            }

            if (schema.GetValueOrDefault("properties") is not JsonMap nested)
                continue;
            // The siblings that follow are judged by this list, too: the reference does so, and clients see the outcome.
            required = Required(schema);
            Fix(nested, required, allowNullWithDefault: false);
        }
    }

    private static void AdmitNull(string name, JsonMap schema, List<object?> required, bool allowNullWithDefault)
    {
        if (required.Contains(name) || !schema.TryGetValue("type", out var type) || type is "null")
            return;
        if (schema.ContainsKey("default") && !allowNullWithDefault)
            return;
        schema["anyOf"] = new List<object?> { new JsonMap { ["type"] = type }, new JsonMap { ["type"] = "null" } };
        schema.Remove("type");
    }

    private static List<object?> Required(JsonMap schema) => schema.GetValueOrDefault("required") as List<object?> ?? [];
}
