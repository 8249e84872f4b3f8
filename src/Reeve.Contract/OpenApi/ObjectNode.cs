using System.Text.Json;

namespace Reeve.Contract.OpenApi;

/// <summary>An object. <paramref name="others"/> checks members the schema does not name; null with <paramref name="closed"/> forbids them.</summary>
internal sealed class ObjectNode(SchemaMember[] members, SchemaNode? others, bool closed, string[] retired) : SchemaNode
{
    private readonly ulong _required = members.Aggregate(0UL, static (bits, member) => bits | member.Bit);

    public IReadOnlyList<SchemaMember> Members => members;

    public override bool Check(ref Utf8JsonReader reader, ValidationWalk walk)
    {
        if (reader.TokenType != JsonTokenType.StartObject) return walk.Refuse(ref reader, "model_attributes_type", "This must be an object.");
        var start = (int)reader.TokenStartIndex;
        var fits = true;
        var missing = _required;
        var next = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (Find(ref reader, ref next) is { } member)
            {
                missing &= ~member.Bit;
                walk.Enter(member.Name);
                reader.Read();
                fits &= member.Node.Check(ref reader, walk);
                walk.Leave();
            }
            else if (closed && !IsRetired(ref reader))
            {
                fits &= Unknown(ref reader, walk);
            }
            else
            {
                walk.EnterKey(ref reader);
                reader.Read();
                fits &= (others ?? AnyNode.Instance).Check(ref reader, walk);
                walk.Leave();
            }
        }
        return missing == 0 ? fits : Missing(missing, walk, start, (int)reader.BytesConsumed);
    }

    public bool Missing(ulong bits, ValidationWalk walk, int start, int end)
    {
        foreach (var member in members)
        {
            if ((bits & member.Bit) != 0) walk.Refuse("missing", "This is required: add it.", start, end, member.Name);
        }
        return false;
    }

    /// <summary>Notes every required member as missing, for a body that was not sent; false when there is none.</summary>
    public bool MissingAll(ValidationWalk walk)
    {
        Missing(_required, walk, 0, 0);
        return _required != 0;
    }

    // Clients write members in the document's order, so the search begins behind the last one found.
    private SchemaMember? Find(ref Utf8JsonReader reader, ref int next)
    {
        for (var i = 0; i < members.Length; i++)
        {
            var at = next + i < members.Length ? next + i : next + i - members.Length;
            if (!reader.ValueTextEquals(members[at].Utf8Name)) continue;
            next = at + 1 < members.Length ? at + 1 : 0;
            return members[at];
        }
        return null;
    }

    private bool IsRetired(ref Utf8JsonReader reader)
    {
        foreach (var name in retired)
        {
            if (reader.ValueTextEquals(name)) return true;
        }
        return false;
    }

    private static bool Unknown(ref Utf8JsonReader reader, ValidationWalk walk)
    {
        walk.EnterKey(ref reader);
        reader.Read();
        var fits = true;
        if (walk.Strict)
        {
            fits = walk.Refuse(ref reader, "extra_forbidden", "This key is not known here; leave it out.");
        }
        else
        {
            walk.UnknownFields++;
            reader.Skip();
        }
        walk.Leave();
        return fits;
    }
}
