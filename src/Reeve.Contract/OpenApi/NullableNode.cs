using System.Text.Json;

namespace Reeve.Contract.OpenApi;

internal sealed class NullableNode(SchemaNode inner) : SchemaNode
{
    public override bool Check(ref Utf8JsonReader reader, ValidationWalk walk) =>
        reader.TokenType == JsonTokenType.Null || inner.Check(ref reader, walk);
}
