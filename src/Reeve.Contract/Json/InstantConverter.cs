using System.Text.Json;
using System.Text.Json.Serialization;

namespace Reeve.Contract.Json;

/// <summary>An instant: any offset coming in, UTC going out.</summary>
internal sealed class InstantConverter : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        => Read(ref reader).ToUniversalTime();

    internal static DateTimeOffset Read(ref Utf8JsonReader reader) =>
        TryRead(ref reader, out var value) ? value : throw new JsonException("Expected a time, such as 2026-11-23T10:00:00Z.");

    internal static bool TryRead(ref Utf8JsonReader reader, out DateTimeOffset value)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                return WireInstant.TryParse(WireText.Read(in reader, stackalloc char[WireText.ShortLength]), out value);
            case JsonTokenType.Number when reader.TryGetDouble(out var number):
                return WireInstant.TryFromUnix(number, out value);
            default:
                value = default;
                return false;
        }
    }

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options)
    {
        Span<char> buffer = stackalloc char[WireInstant.MaxLength];
        writer.WriteStringValue(buffer[..WireInstant.Write(buffer, value.ToUniversalTime())]);
    }
}
