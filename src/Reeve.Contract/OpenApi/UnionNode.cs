using System.Text.Json;

namespace Reeve.Contract.OpenApi;

/// <summary>
/// One of several schemas. Objects are told apart by the const they carry (<c>type</c>, <c>input_type</c>) or else by the
/// members they have, never by trying: nested unions would be tried again and again.
/// </summary>
internal sealed class UnionNode(IReadOnlyList<SchemaNode> branches) : SchemaNode
{
    private UnionBranches? _sorted;

    // Not when the union is made: its branches may lead back to it.
    private UnionBranches Sorted => _sorted ??= new UnionBranches(branches);

    public override bool Check(ref Utf8JsonReader reader, ValidationWalk walk)
    {
        var sorted = Sorted;
        if (reader.TokenType == JsonTokenType.StartObject && sorted.Objects.Length > 0) return CheckObject(ref reader, walk, sorted);
        var unknown = walk.UnknownFields;
        SchemaNode? best = null;
        foreach (var branch in sorted.Plain)
        {
            var ahead = reader;
            walk.Hush();
            var fits = branch.Check(ref ahead, walk);
            walk.Speak();
            if (fits)
            {
                reader = ahead;
                return true;
            }
            walk.UnknownFields = unknown;
            if (best is null || (branch is ArrayNode && reader.TokenType == JsonTokenType.StartArray)) best = branch;
        }
        return (best ?? sorted.ObjectChecks[0]).Check(ref reader, walk);
    }

    private static bool CheckObject(ref Utf8JsonReader reader, ValidationWalk walk, UnionBranches sorted)
    {
        if (sorted.Objects.Length == 1) return sorted.ObjectChecks[0].Check(ref reader, walk);
        var ahead = reader;
        Span<int> scores = stackalloc int[sorted.Objects.Length];
        while (ahead.Read() && ahead.TokenType == JsonTokenType.PropertyName)
        {
            if (sorted.Discriminator is not null && ahead.ValueTextEquals(sorted.Discriminator))
            {
                ahead.Read();
                var chosen = ByConstant(in ahead, sorted);
                if (chosen >= 0) return sorted.ObjectChecks[chosen].Check(ref reader, walk);
                walk.Enter(sorted.Discriminator);
                walk.Refuse(ref ahead, "union_tag_invalid", $"This must be {string.Join(" or ", sorted.Constants.Select(static word => $"'{word}'"))}.");
                walk.Leave();
                reader.Skip();
                return false;
            }
            Score(in ahead, sorted, scores);
            ahead.Read();
            ahead.Skip();
        }
        return sorted.ObjectChecks[Best(sorted, scores)].Check(ref reader, walk);
    }

    private static int ByConstant(in Utf8JsonReader reader, UnionBranches sorted)
    {
        if (reader.TokenType != JsonTokenType.String) return -1;
        for (var i = 0; i < sorted.Objects.Length; i++)
        {
            if (reader.ValueTextEquals(sorted.Constants[i])) return i;
        }
        return -1;
    }

    // A required member that is there counts for much, one that is not decides against the branch.
    private static void Score(in Utf8JsonReader reader, UnionBranches sorted, Span<int> scores)
    {
        for (var i = 0; i < sorted.Objects.Length; i++)
        {
            foreach (var member in sorted.Objects[i].Members)
            {
                if (!reader.ValueTextEquals(member.Utf8Name)) continue;
                scores[i] += member.Bit != 0 ? 1000 : 1;
                break;
            }
        }
    }

    private static int Best(UnionBranches sorted, ReadOnlySpan<int> scores)
    {
        var best = -1;
        var bestScore = int.MinValue;
        for (var i = 0; i < scores.Length; i++)
        {
            var required = sorted.Objects[i].Members.Count(static member => member.Bit != 0);
            var complete = scores[i] / 1000 >= required;
            var score = scores[i] + (complete ? 1_000_000 : 0);
            if (score <= bestScore) continue;
            best = i;
            bestScore = score;
        }
        return best;
    }
}
