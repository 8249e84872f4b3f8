using System.Text.Json;

namespace Reeve.Contract.OpenApi;

internal sealed class ArrayNode(SchemaNode items, SchemaNode[] leading, int least, int most) : SchemaNode
{
    public override bool Check(ref Utf8JsonReader reader, ValidationWalk walk)
    {
        if (reader.TokenType != JsonTokenType.StartArray) return walk.Refuse(ref reader, "list_type", "This must be a list.");
        var start = (int)reader.TokenStartIndex;
        var fits = true;
        var count = 0;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            walk.Enter(count);
            fits &= (count < leading.Length ? leading[count] : items).Check(ref reader, walk);
            walk.Leave();
            count++;
        }
        var end = (int)reader.BytesConsumed;
        if (count < least) return walk.Refuse("too_short", $"This has {count} items; give at least {least}.", start, end);
        if (count > most) return walk.Refuse("too_long", $"This has {count} items; give at most {most}.", start, end);
        return fits;
    }
}
