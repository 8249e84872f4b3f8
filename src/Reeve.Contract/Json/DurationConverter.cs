using System.Text.Json;
using System.Text.Json.Serialization;

namespace Reeve.Contract.Json;

/// <summary>A duration: seconds going out; seconds, ISO 8601 or clock text coming in.</summary>
internal sealed class DurationConverter : JsonConverter<TimeSpan>
{
    public override TimeSpan Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        => TryRead(ref reader, out var value) ? value : throw new JsonException("Expected a duration: seconds as a number, ISO 8601 such as PT1H, or 01:00:00.");

    internal static bool TryRead(ref Utf8JsonReader reader, out TimeSpan value)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                return WireDuration.TryParse(WireText.Read(in reader, stackalloc char[WireText.ShortLength]), out value);
            case JsonTokenType.Number when reader.TryGetDouble(out var seconds):
                return WireDuration.TryFromSeconds(seconds, out value);
            default:
                value = default;
                return false;
        }
    }

    public override void Write(Utf8JsonWriter writer, TimeSpan value, JsonSerializerOptions options)
        => WireNumber.WriteReal(writer, value.Ticks / (double)TimeSpan.TicksPerSecond);
}
