using System.Text.Json;
using System.Text.Json.Serialization;

namespace Reeve.Contract.Json;

/// <summary>A duration: seconds going out; seconds, ISO 8601 or clock text coming in.</summary>
internal sealed class DurationConverter : JsonConverter<TimeSpan>
{
    public override TimeSpan Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        => reader.TokenType switch
        {
            JsonTokenType.Number when reader.TryGetDouble(out var seconds) && WireDuration.TryFromSeconds(seconds, out var value) => value,
            JsonTokenType.String when WireDuration.TryParse(reader.GetString(), out var value) => value,
            _ => throw new JsonException("Expected a duration: seconds as a number, ISO 8601 such as PT1H, or 01:00:00."),
        };

    public override void Write(Utf8JsonWriter writer, TimeSpan value, JsonSerializerOptions options)
        => WireNumber.WriteReal(writer, value.Ticks / (double)TimeSpan.TicksPerSecond);
}
