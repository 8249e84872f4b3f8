using System.Text.Json;

namespace Reeve.Contract.OpenApi;

/// <summary>
/// A body whose members are the parameters of an operation, not the fields of a thing: there <c>null</c> means what leaving the
/// parameter out means, whatever its schema says. Prefect's client sends every parameter it was not given that way.
/// </summary>
internal static class ParameterBody
{
    /// <summary>Whether a body's schema is a list of parameters.</summary>
    public static bool IsNamed(string schema) => schema.StartsWith("Body_", StringComparison.Ordinal);

    /// <summary>The body without its members that are null; the same bytes where there is none, or where they are no object.</summary>
    public static ReadOnlyMemory<byte> WithoutNulls(ReadOnlyMemory<byte> body)
    {
        if (body.Span.IndexOf("null"u8) < 0) return body;
        try
        {
            return Rewritten(body);
        }
        catch (JsonException)
        {
            // What is no JSON is refused where bodies are checked.
            return body;
        }
    }

    private static ReadOnlyMemory<byte> Rewritten(ReadOnlyMemory<byte> body)
    {
        var reader = new Utf8JsonReader(body.Span, new JsonReaderOptions { MaxDepth = Operation.MaxDepth });
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return body;
        var kept = new byte[body.Length];
        var length = 0;
        var dropped = false;
        kept[length++] = (byte)'{';
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var start = (int)reader.TokenStartIndex;
            reader.Read();
            if (reader.TokenType == JsonTokenType.Null)
            {
                dropped = true;
                continue;
            }
            reader.Skip();
            var member = body.Span[start..(int)reader.BytesConsumed];
            if (length > 1) kept[length++] = (byte)',';
            member.CopyTo(kept.AsSpan(length));
            length += member.Length;
        }
        if (!dropped) return body;
        kept[length++] = (byte)'}';
        // What stands behind the object is a fault, and stays one.
        var rest = body.Span[(int)reader.BytesConsumed..];
        rest.CopyTo(kept.AsSpan(length));
        return kept.AsMemory(0, length + rest.Length);
    }
}
