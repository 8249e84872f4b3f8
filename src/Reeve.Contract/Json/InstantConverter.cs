using System.Text.Json;
using System.Text.Json.Serialization;

namespace Reeve.Contract.Json;

/// <summary>An instant: any offset coming in, UTC going out.</summary>
internal sealed class InstantConverter : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        => Read(ref reader).ToUniversalTime();

    internal static DateTimeOffset Read(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.String when WireInstant.TryParse(reader.GetString(), out var value) => value,
        JsonTokenType.Number when reader.TryGetDouble(out var number) && WireInstant.TryFromUnix(number, out var value) => value,
        _ => throw new JsonException("Expected a time, such as 2026-11-23T10:00:00Z."),
    };

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options)
    {
        Span<char> buffer = stackalloc char[WireInstant.MaxLength];
        writer.WriteStringValue(buffer[..WireInstant.Write(buffer, value.ToUniversalTime())]);
    }
}
