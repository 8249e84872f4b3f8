using System.Text.Json;
using System.Text.Json.Serialization;

namespace Reeve.Contract.Json;

/// <summary>A 32-bit integer; numeric text is taken too.</summary>
internal sealed class IntegerConverter : JsonConverter<int>
{
    public override int Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var number = WireNumber.ReadInteger(ref reader);
        return number is >= int.MinValue and <= int.MaxValue
            ? (int)number
            : throw new JsonException("Expected a whole number between -2147483648 and 2147483647.");
    }

    public override void Write(Utf8JsonWriter writer, int value, JsonSerializerOptions options)
        => writer.WriteNumberValue(value);
}
