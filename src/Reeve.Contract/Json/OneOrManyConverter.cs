using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Reeve.Contract.Json;

/// <summary>Tells a list from a single item by its opening bracket.</summary>
internal sealed class OneOrManyConverter<T> : JsonConverter<OneOrMany<T>>
{
    public override OneOrMany<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var typeInfo = ItemInfo(options);
        if (reader.TokenType != JsonTokenType.StartArray)
            return new(ReadItem(ref reader, typeInfo));
        var items = new List<T>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            items.Add(ReadItem(ref reader, typeInfo));
        return new(items);
    }

    public override void Write(Utf8JsonWriter writer, OneOrMany<T> value, JsonSerializerOptions options)
    {
        var typeInfo = ItemInfo(options);
        if (!value.IsList)
        {
            JsonSerializer.Serialize(writer, value[0], typeInfo);
            return;
        }

        writer.WriteStartArray();
        foreach (var item in value)
            JsonSerializer.Serialize(writer, item, typeInfo);
        writer.WriteEndArray();
    }

    private static JsonTypeInfo<T> ItemInfo(JsonSerializerOptions options) => (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T));

    private static T ReadItem(ref Utf8JsonReader reader, JsonTypeInfo<T> typeInfo)
        => JsonSerializer.Deserialize(ref reader, typeInfo) ?? throw new JsonException("Expected an object.");
}
