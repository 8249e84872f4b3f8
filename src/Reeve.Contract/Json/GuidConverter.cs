using System.Text.Json;
using System.Text.Json.Serialization;

namespace Reeve.Contract.Json;

/// <summary>An id: hyphens and case do not matter coming in; lower case with hyphens going out.</summary>
internal sealed class GuidConverter : JsonConverter<Guid>
{
    public override Guid Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        => TryRead(ref reader, out var id) ? id : throw new JsonException("Expected a UUID, such as 3f2b0b9e-6e0c-4e0e-9c6f-0d7f2a8f5a11.");

    internal static bool TryRead(ref Utf8JsonReader reader, out Guid id)
    {
        id = default;
        return reader.TokenType == JsonTokenType.String && TryParse(WireText.Read(in reader, stackalloc char[WireText.ShortLength]), out id);
    }

    public override void Write(Utf8JsonWriter writer, Guid value, JsonSerializerOptions options)
        => writer.WriteStringValue(value);

    // Clients' library also takes braces and the urn:uuid: prefix.
    private static bool TryParse(ReadOnlySpan<char> text, out Guid id)
    {
        if (text.StartsWith("urn:uuid:", StringComparison.OrdinalIgnoreCase))
            text = text[9..];
        // By its length, because the parser would overlook white space around it.
        id = default;
        return text.Length switch
        {
            36 => Guid.TryParseExact(text, "D", out id),
            32 => Guid.TryParseExact(text, "N", out id),
            38 => Guid.TryParseExact(text, "B", out id),
            _ => false,
        };
    }
}
