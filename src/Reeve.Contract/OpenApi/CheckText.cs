using System.Text.Json;

namespace Reeve.Contract.OpenApi;

/// <summary>Reads the JSON text that rules are given.</summary>
internal static class CheckText
{
    /// <summary>The text of a JSON string.</summary>
    public static string Of(ReadOnlySpan<byte> json)
    {
        var reader = Reader(json);
        reader.Read();
        return reader.GetString()!;
    }

    /// <summary>Whether a JSON string holds only lower-case letters, digits and dashes, and with <paramref name="underscores"/> those.</summary>
    public static bool IsSlug(ReadOnlySpan<byte> json, bool underscores = false)
    {
        if (json.Contains((byte)'\\')) return IsSlug(System.Text.Encoding.UTF8.GetBytes($"\"{Of(json).Replace('\\', '?')}\""), underscores);
        foreach (var letter in json[1..^1])
        {
            if (letter is not ((>= (byte)'a' and <= (byte)'z') or (>= (byte)'0' and <= (byte)'9') or (byte)'-') && !(underscores && letter == '_')) return false;
        }
        return true;
    }

    /// <summary>The value as a tree; the caller disposes it.</summary>
    public static JsonDocument Parse(ReadOnlySpan<byte> json) => JsonDocument.Parse(json.ToArray(), new JsonDocumentOptions { MaxDepth = Operation.MaxDepth });

    public static Utf8JsonReader Reader(ReadOnlySpan<byte> json) => new(json, new JsonReaderOptions { MaxDepth = Operation.MaxDepth });

    /// <summary>A member that is there and not null.</summary>
    public static bool Has(JsonElement element, string name, out JsonElement value) =>
        element.TryGetProperty(name, out value) && value.ValueKind != JsonValueKind.Null;

    public static string? Text(JsonElement element, string name) =>
        Has(element, name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
