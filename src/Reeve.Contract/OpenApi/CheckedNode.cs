using System.Text.Json;

namespace Reeve.Contract.OpenApi;

/// <summary>A schema with a further rule that the document cannot express. Null is not the rule's business.</summary>
internal sealed class CheckedNode(SchemaNode inner, SchemaCheck check) : SchemaNode
{
    public SchemaNode Inner => inner;

    public override bool Check(ref Utf8JsonReader reader, ValidationWalk walk)
    {
        if (reader.TokenType == JsonTokenType.Null) return inner.Check(ref reader, walk);
        var start = (int)reader.TokenStartIndex;
        if (!inner.Check(ref reader, walk)) return false;
        var end = (int)reader.BytesConsumed;
        return check(walk.Body.Span[start..end]) is not { } fault || walk.Refuse("value_error", fault.Message, start, end, fault.Member);
    }
}
