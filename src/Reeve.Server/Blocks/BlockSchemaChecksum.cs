using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Reeve.Server.Blocks;

/// <summary>
/// The name of a schema by its content, which clients compute for themselves before they ask for it: SHA-256 over the
/// fields in the canonical form of Python's JSON encoder. See workers.md §9.2.
/// </summary>
internal static class BlockSchemaChecksum
{
    public static string Of(JsonObject fields)
    {
        var counted = (JsonObject)WithoutSecretFields(fields)!;
        if (counted["definitions"] is JsonObject { Count: > 0 } definitions)
        {
            var others = NonBlockDefinitions(counted, definitions);
            counted.Remove("definitions");
            if (others.Count > 0) counted["definitions"] = others;
        }
        var text = new StringBuilder("[[");
        Write(counted, text);
        text.Append("], {}]");
        return "sha256:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(text.ToString())));
    }

    /// <summary>The definitions that <paramref name="from"/> refers to, directly or not, and that are no blocks.</summary>
    public static JsonObject NonBlockDefinitions(JsonNode from, JsonObject definitions)
    {
        var found = new JsonObject();
        Collect(from);
        return found;

        void Collect(JsonNode? node)
        {
            switch (node)
            {
                case JsonObject map:
                    if (BlockJson.Text(map["$ref"]) is { } reference) Take(reference.Replace("#/definitions/", ""));
                    foreach (var (_, value) in map) Collect(value);
                    break;
                case JsonArray list:
                    foreach (var item in list) Collect(item);
                    break;
            }
        }

        void Take(string key)
        {
            if (found.ContainsKey(key) || definitions[key] is not JsonObject definition) return;
            if (definition["block_type_slug"] is not null) return;
            found[key] = definition.DeepClone();
            Collect(definition);
        }
    }

    private static JsonNode? WithoutSecretFields(JsonNode? node)
    {
        if (node is not JsonObject map) return node?.DeepClone();
        var copy = new JsonObject();
        foreach (var (key, value) in map)
        {
            if (key != "secret_fields") copy[key] = WithoutSecretFields(value);
        }
        return copy;
    }

    private static void Write(JsonNode? node, StringBuilder text)
    {
        switch (node)
        {
            case null:
                text.Append("null");
                break;
            case JsonObject map:
                Join('{', map.OrderBy(static member => member.Key, StringComparer.Ordinal), '}', member =>
                {
                    WriteText(member.Key, text);
                    text.Append(": ");
                    Write(member.Value, text);
                });
                break;
            case JsonArray list:
                Join('[', list, ']', item => Write(item, text));
                break;
            default:
                WriteValue(node.AsValue(), text);
                break;
        }

        void Join<T>(char open, IEnumerable<T> items, char close, Action<T> write)
        {
            text.Append(open);
            var first = true;
            foreach (var item in items)
            {
                if (!first) text.Append(", ");
                first = false;
                write(item);
            }
            text.Append(close);
        }
    }

    private static void WriteValue(JsonValue value, StringBuilder text)
    {
        switch (value.GetValueKind())
        {
            case JsonValueKind.String:
                WriteText(value.GetValue<string>(), text);
                break;
            case JsonValueKind.Number:
                var number = value.ToJsonString();
                text.Append(number.AsSpan().IndexOfAny('.', 'e', 'E') < 0 ? number : Real(double.Parse(number, CultureInfo.InvariantCulture)));
                break;
            default:
                text.Append(value.ToJsonString());
                break;
        }
    }

    /// <summary>A float as Python prints it: as here, save that Python takes to exponents ten times later and wants a fraction.</summary>
    private static string Real(double value)
    {
        var text = value.ToString("R", CultureInfo.InvariantCulture);
        if (!text.Contains('E')) return text.Contains('.') ? text : text + ".0";
        return Math.Abs(value) is >= 1e15 and < 1e16 ? value.ToString("F1", CultureInfo.InvariantCulture) : text.Replace('E', 'e');
    }

    private static void WriteText(string value, StringBuilder text)
    {
        text.Append('"');
        foreach (var c in value)
        {
            _ = c switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append("\\\\"),
                '\n' => text.Append("\\n"),
                '\r' => text.Append("\\r"),
                '\t' => text.Append("\\t"),
                '\b' => text.Append("\\b"),
                '\f' => text.Append("\\f"),
                < ' ' or > '~' => text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => text.Append(c),
            };
        }
        text.Append('"');
    }
}
