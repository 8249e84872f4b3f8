using System.Text.Json;
using System.Text.Json.Serialization;

namespace Reeve.Contract.FlowRuns;

internal sealed class GraphNodeConverter : JsonConverter<GraphNode>
{
    public override GraphNode Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartArray || !reader.Read())
            throw new JsonException("Expected a list of an id and a node.");
        var id = JsonSerializer.Deserialize(ref reader, ReeveJson.TypeInfo<Guid>());
        reader.Read();
        var node = JsonSerializer.Deserialize(ref reader, ReeveJson.TypeInfo<Node>()) ?? throw new JsonException("Expected a node.");
        if (!reader.Read() || reader.TokenType != JsonTokenType.EndArray)
            throw new JsonException("Expected a list of an id and a node.");
        return new(id, node);
    }

    public override void Write(Utf8JsonWriter writer, GraphNode value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        writer.WriteStringValue(value.Id);
        JsonSerializer.Serialize(writer, value.Node, ReeveJson.TypeInfo<Node>());
        writer.WriteEndArray();
    }
}
