using System.Text.Json;
using System.Text.Json.Serialization;

namespace Reeve.Contract.Json;

/// <summary>A boolean, or one of the words and numbers the Python clients' library takes for one.</summary>
internal sealed class BooleanConverter : JsonConverter<bool>
{
    public override bool Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        => reader.TokenType switch
        {
            JsonTokenType.True => true,
            JsonTokenType.False => false,
            JsonTokenType.Number when reader.TryGetDouble(out var number) && number == 1 => true,
            JsonTokenType.Number when reader.TryGetDouble(out var number) && number == 0 => false,
            JsonTokenType.String => Parse(reader.GetString()!),
            _ => throw new JsonException("Expected true or false."),
        };

    public override void Write(Utf8JsonWriter writer, bool value, JsonSerializerOptions options)
        => writer.WriteBooleanValue(value);

    private static bool Parse(string text) => text.ToUpperInvariant() switch
    {
        "TRUE" or "T" or "YES" or "Y" or "ON" or "1" => true,
        "FALSE" or "F" or "NO" or "N" or "OFF" or "0" => false,
        _ => throw new JsonException("Expected true or false."),
    };
}
