using System.Text.Json;
using System.Text.Json.Serialization;

namespace Reeve.Contract.Json;

/// <summary>A boolean, or one of the words and numbers the Python clients' library takes for one.</summary>
internal sealed class BooleanConverter : JsonConverter<bool>
{
    public override bool Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        => TryRead(ref reader, out var value) ? value : throw new JsonException("Expected true or false.");

    internal static bool TryRead(ref Utf8JsonReader reader, out bool value)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.True or JsonTokenType.False:
                value = reader.TokenType == JsonTokenType.True;
                return true;
            case JsonTokenType.Number when reader.TryGetDouble(out var number) && number is 0 or 1:
                value = number == 1;
                return true;
            case JsonTokenType.String:
                return TryParse(WireText.Read(in reader, stackalloc char[WireText.ShortLength]), out value);
            default:
                value = false;
                return false;
        }
    }

    public override void Write(Utf8JsonWriter writer, bool value, JsonSerializerOptions options)
        => writer.WriteBooleanValue(value);

    private static bool TryParse(ReadOnlySpan<char> text, out bool value)
    {
        Span<char> upper = stackalloc char[5];
        var length = text.Length <= upper.Length ? text.ToUpperInvariant(upper) : 0;
        value = upper[..length] is "TRUE" or "T" or "YES" or "Y" or "ON" or "1";
        return value || upper[..length] is "FALSE" or "F" or "NO" or "N" or "OFF" or "0";
    }
}
