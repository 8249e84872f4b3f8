using System.Text.Json;
using System.Text.Json.Serialization;

namespace Reeve.Contract.Events;

internal sealed class LabelValuesConverter : JsonConverter<LabelValues>
{
    public override LabelValues Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String)
            return new(reader.GetString()!);
        if (reader.TokenType != JsonTokenType.StartArray)
            throw new JsonException("Expected text or a list of texts.");
        var values = new List<string>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            values.Add(reader.TokenType == JsonTokenType.String ? reader.GetString()! : throw new JsonException("Expected text."));
        return new(values);
    }

    public override void Write(Utf8JsonWriter writer, LabelValues value, JsonSerializerOptions options)
    {
        if (!value.IsList)
        {
            writer.WriteStringValue(value.Values[0]);
            return;
        }

        writer.WriteStartArray();
        foreach (var text in value.Values)
            writer.WriteStringValue(text);
        writer.WriteEndArray();
    }
}
