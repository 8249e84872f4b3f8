using System.Text.Json;

namespace Reeve.Contract.OpenApi;

/// <summary>A text that may also come as an object, which is then kept as its JSON text.</summary>
internal sealed class TextOrObjectNode(SchemaNode text) : SchemaNode
{
    public override bool Check(ref Utf8JsonReader reader, ValidationWalk walk)
    {
        if (reader.TokenType != JsonTokenType.StartObject) return text.Check(ref reader, walk);
        reader.Skip();
        return true;
    }
}
