using System.Numerics;
using System.Text.Json;
using Reeve.Core.Python;

namespace Reeve.Core.JsonSchema;

/// <summary>
/// JSON as plain values: null, <see cref="bool"/>, <see cref="long"/> (or <see cref="BigInteger"/> beyond it), <see cref="double"/>,
/// <see cref="string"/>, <c>List&lt;object?&gt;</c> and <see cref="JsonMap"/>. Schemas and values are rewritten before they are
/// judged (preprocessing, hydration), which a read-only document cannot do.
/// </summary>
public static class JsonTree
{
    /// <summary>The tree of an element. Of a key written twice the last value counts, at the place of the first.</summary>
    public static object? From(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                var map = new JsonMap();
                foreach (var property in element.EnumerateObject())
                    map[property.Name] = From(property.Value);
                return map;
            case JsonValueKind.Array:
                var list = new List<object?>(element.GetArrayLength());
                foreach (var item in element.EnumerateArray())
                    list.Add(From(item));
                return list;
            case JsonValueKind.String:
                return element.GetString();
            case JsonValueKind.Number:
                return element.TryGetInt64(out var l) && IsInteger(element.GetRawText()) ? l : Number(element.GetRawText());
            case JsonValueKind.True:
                return true;
            case JsonValueKind.False:
                return false;
            default:
                return null;
        }
    }

    /// <summary>The tree of one JSON value in UTF-8.</summary>
    /// <exception cref="JsonException">The bytes are not one valid JSON value.</exception>
    public static object? Parse(ReadOnlyMemory<byte> utf8)
    {
        using var document = JsonDocument.Parse(utf8);
        return From(document.RootElement);
    }

    /// <summary>The tree of one JSON value.</summary>
    /// <exception cref="JsonException">The text is not one valid JSON value.</exception>
    public static object? Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return From(document.RootElement);
    }

    internal static object Number(string raw)
    {
        if (IsInteger(raw))
            return PythonNumber.Normalize(BigInteger.Parse(raw, System.Globalization.CultureInfo.InvariantCulture));
        return double.Parse(raw, System.Globalization.CultureInfo.InvariantCulture);
    }

    private static bool IsInteger(string raw) => raw.AsSpan().IndexOfAny('.', 'e', 'E') < 0;

    /// <summary>Writes a tree as JSON.</summary>
    public static void Write(Utf8JsonWriter writer, object? value)
    {
        switch (value)
        {
            case null: writer.WriteNullValue(); break;
            case bool b: writer.WriteBooleanValue(b); break;
            case string s: writer.WriteStringValue(s); break;
            case long l: writer.WriteNumberValue(l); break;
            case BigInteger big: writer.WriteRawValue(big.ToString(System.Globalization.CultureInfo.InvariantCulture)); break;
            case double d when double.IsFinite(d): writer.WriteRawValue(PythonText.Float(d)); break;
            // JSON has no word for these; a null is what the reference stores, too.
            case double: writer.WriteNullValue(); break;
            case JsonMap map:
                writer.WriteStartObject();
                foreach (var (key, item) in map)
                {
                    writer.WritePropertyName(key);
                    Write(writer, item);
                }

                writer.WriteEndObject();
                break;
            case List<object?> list:
                writer.WriteStartArray();
                foreach (var item in list)
                    Write(writer, item);
                writer.WriteEndArray();
                break;
            default:
                throw new ArgumentException($"A value of type {value.GetType().Name} cannot be written as JSON.", nameof(value));
        }
    }

    /// <summary>The tree as UTF-8 JSON.</summary>
    public static byte[] ToUtf8(object? value)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
            Write(writer, value);
        return stream.ToArray();
    }

    /// <summary>A copy that shares nothing mutable with the original.</summary>
    public static object? Clone(object? value) => value switch
    {
        JsonMap map => CloneMap(map),
        List<object?> list => list.ConvertAll(Clone),
        _ => value,
    };

    internal static JsonMap CloneMap(JsonMap map)
    {
        var copy = new JsonMap();
        foreach (var (key, item) in map)
            copy[key] = Clone(item);
        return copy;
    }

    /// <summary>Equality of JSON values: 1 equals 1.0, true does not equal 1, the order of keys does not matter.</summary>
    public static bool AreEqual(object? left, object? right)
    {
        switch (left)
        {
            case null: return right is null;
            case bool b: return right is bool other && b == other;
            case string s: return right is string t && s == t;
            case List<object?> list:
                if (right is not List<object?> list2 || list.Count != list2.Count)
                    return false;
                for (var i = 0; i < list.Count; i++)
                {
                    if (!AreEqual(list[i], list2[i]))
                        return false;
                }

                return true;
            case JsonMap map:
                if (right is not JsonMap map2 || map.Count != map2.Count)
                    return false;
                foreach (var (key, item) in map)
                {
                    if (!map2.TryGetValue(key, out var item2) || !AreEqual(item, item2))
                        return false;
                }

                return true;
            default:
                if (PythonNumber.IsNumber(left))
                    return PythonNumber.IsNumber(right) && PythonNumber.Compare(left, right!) == 0;
                return left.Equals(right);
        }
    }
}
