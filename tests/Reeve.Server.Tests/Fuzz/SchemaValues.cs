using System.Globalization;
using System.Text.Json.Nodes;
using Reeve.Server.Tests.Filters;

namespace Reeve.Server.Tests.Fuzz;

/// <summary>Makes values that an OpenAPI schema allows, with ids and names of rows that exist where their key says so.</summary>
internal sealed class SchemaValues(JsonObject document, World world, Random random)
{
    private const int Deepest = 6;

    public JsonNode? Make(JsonNode? schema, string key = "", int depth = 0)
    {
        if (schema is not JsonObject wanted) return "x";
        if (wanted["$ref"]?.GetValue<string>() is { } reference)
        {
            return Make(document["components"]!["schemas"]![reference[(reference.LastIndexOf('/') + 1)..]], key, depth + 1);
        }
        if (wanted["const"] is { } only) return only.DeepClone();
        if (wanted["enum"] is JsonArray choices) return choices[random.Next(choices.Count)]?.DeepClone();
        if ((wanted["anyOf"] ?? wanted["oneOf"]) is JsonArray any)
        {
            // Too deep, the simplest branch ends it.
            return Make(depth > Deepest ? any.FirstOrDefault(static each => each!["type"]?.GetValue<string>() == "null") ?? any[0] : any[random.Next(any.Count)], key, depth + 1);
        }
        if ((wanted["allOf"] as JsonArray)?[0] is { } all) return Make(all, key, depth + 1);
        return Type(wanted) switch
        {
            "null" => null,
            "boolean" => random.Next(2) == 0,
            "integer" => Integer(wanted),
            "number" => Math.Round(random.NextDouble() * 100, 3) + 0.5,
            "array" => Array(wanted, key, depth),
            "string" => Text(wanted, key),
            "object" => Object(wanted, depth),
            _ => random.Next(3) switch { 0 => new JsonObject { ["a"] = 1 }, 1 => "text", _ => 1 },
        };
    }

    /// <summary>An id or a name for a parameter of a path; mostly one that exists.</summary>
    public string Parameter(string name, string path)
    {
        if (random.Next(12) == 0) return "no such thing";
        var table = path.Split('/').Select(static part => part.TrimEnd('s')).FirstOrDefault(world.Tables.ContainsKey) ?? "flow_run";
        if (name.EndsWith("name", StringComparison.Ordinal)) return Uri.EscapeDataString(Row(name == "work_pool_name" ? "work_pool" : name == "flow_name" ? "flow" : table)["name"]?.GetValue<string>() ?? "x");
        return random.Next(5) == 0 ? Guid.NewGuid().ToString() : Row(table)["id"]!.GetValue<string>();
    }

    private static string? Type(JsonObject schema) =>
        schema["type"] is JsonArray several ? several[0]!.GetValue<string>() : schema["type"]?.GetValue<string>() ?? (schema["properties"] is null ? null : "object");

    private int Integer(JsonObject schema)
    {
        var least = schema["minimum"]?.GetValue<double>() ?? 0;
        var most = schema["maximum"]?.GetValue<double>() ?? 200;
        return (int)Math.Min(most, least + 1 + random.Next(10));
    }

    private JsonArray Array(JsonObject schema, string key, int depth)
    {
        var array = new JsonArray();
        if (depth > Deepest) return array;
        for (var left = random.Next(0, 3); left > 0; left--) array.Add(Make(schema["items"], key, depth + 1));
        return array;
    }

    private JsonObject Object(JsonObject schema, int depth)
    {
        var made = new JsonObject();
        var required = (schema["required"] as JsonArray)?.Select(static each => each!.GetValue<string>()).ToHashSet() ?? [];
        foreach (var (key, member) in schema["properties"] as JsonObject ?? [])
        {
            if (required.Contains(key) || (depth <= Deepest && random.Next(3) == 0)) made[key] = Make(member, key, depth + 1);
        }
        if (schema["properties"] is null && random.Next(2) == 0) made["key"] = "value";
        return made;
    }

    private string Text(JsonObject schema, string key) => schema["format"]?.GetValue<string>() switch
    {
        "uuid" => random.Next(6) == 0 ? Guid.NewGuid().ToString() : Row(Table(key))["id"]!.GetValue<string>(),
        "date-time" => "2026-03-0" + random.Next(1, 9).ToString(CultureInfo.InvariantCulture) + "T10:00:00Z",
        "duration" => "PT1H",
        _ when schema["pattern"] is not null => "abc",
        _ => key == "name" && random.Next(2) == 0 ? Row("flow")["name"]!.GetValue<string>() : "text" + random.Next(100).ToString(CultureInfo.InvariantCulture),
    };

    private string Table(string key)
    {
        var table = key.Replace("_ids", "", StringComparison.Ordinal).Replace("_id", "", StringComparison.Ordinal);
        return world.Tables.ContainsKey(table) ? table : "flow_run";
    }

    private JsonObject Row(string table) => world[table][random.Next(world[table].Count)];
}
