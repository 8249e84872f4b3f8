using System.Text.Json;
using System.Text.Json.Serialization;

namespace Reeve.Contract.Json;

/// <summary>An instant, or null, that goes out with the offset it came in with.</summary>
internal sealed class OffsetInstantConverter : JsonConverter<DateTimeOffset?>
{
    public override DateTimeOffset? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        => reader.TokenType == JsonTokenType.Null ? null : InstantConverter.Read(ref reader);

    public override void Write(Utf8JsonWriter writer, DateTimeOffset? value, JsonSerializerOptions options)
    {
        if (value is not { } instant)
        {
            writer.WriteNullValue();
            return;
        }

        Span<char> buffer = stackalloc char[WireInstant.MaxLength];
        writer.WriteStringValue(buffer[..WireInstant.Write(buffer, instant)]);
    }
}
