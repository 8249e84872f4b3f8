using System.Text.Json;

namespace Reeve.Contract.OpenApi;

/// <summary>
/// One of several schemas. Objects are told apart by the const they carry (<c>type</c>, <c>input_type</c>) or else by the
/// members they have, never by trying: nested unions would be tried again and again.
/// </summary>
internal sealed class UnionNode : SchemaNode
{
    private readonly SchemaNode[] _plain;
    private readonly ObjectNode[] _objects;
    private readonly SchemaNode[] _objectChecks;
    private readonly string? _discriminator;

    public UnionNode(IReadOnlyList<SchemaNode> branches)
    {
        _plain = [.. branches.Where(static branch => Shape(branch) is null)];
        _objectChecks = [.. branches.Where(static branch => Shape(branch) is not null)];
        _objects = [.. _objectChecks.Select(static branch => Shape(branch)!)];
        _discriminator = new[] { "type", "input_type" }.FirstOrDefault(name => _objects.Length > 1 && _objects.All(branch => Constant(branch, name) is not null));
    }

    public override bool Check(ref Utf8JsonReader reader, ValidationWalk walk)
    {
        if (reader.TokenType == JsonTokenType.StartObject && _objects.Length > 0) return CheckObject(ref reader, walk);
        var unknown = walk.UnknownFields;
        SchemaNode? best = null;
        foreach (var branch in _plain)
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
        return (best ?? _objectChecks[0]).Check(ref reader, walk);
    }

    private bool CheckObject(ref Utf8JsonReader reader, ValidationWalk walk)
    {
        if (_objects.Length == 1) return _objectChecks[0].Check(ref reader, walk);
        var ahead = reader;
        Span<int> scores = stackalloc int[_objects.Length];
        while (ahead.Read() && ahead.TokenType == JsonTokenType.PropertyName)
        {
            if (_discriminator is not null && ahead.ValueTextEquals(_discriminator))
            {
                ahead.Read();
                var chosen = ByConstant(ref ahead);
                if (chosen >= 0) return _objectChecks[chosen].Check(ref reader, walk);
                walk.Enter(_discriminator);
                walk.Refuse(ref ahead, "union_tag_invalid", $"This must be {string.Join(" or ", _objects.Select(branch => $"'{Constant(branch, _discriminator)}'"))}.");
                walk.Leave();
                reader.Skip();
                return false;
            }
            Score(ref ahead, scores);
            ahead.Read();
            ahead.Skip();
        }
        return _objectChecks[Best(scores)].Check(ref reader, walk);
    }

    private int ByConstant(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.String) return -1;
        for (var i = 0; i < _objects.Length; i++)
        {
            if (reader.ValueTextEquals(Constant(_objects[i], _discriminator!))) return i;
        }
        return -1;
    }

    // A required member that is there counts for much, one that is not decides against the branch.
    private void Score(ref Utf8JsonReader reader, Span<int> scores)
    {
        for (var i = 0; i < _objects.Length; i++)
        {
            foreach (var member in _objects[i].Members)
            {
                if (!reader.ValueTextEquals(member.Utf8Name)) continue;
                scores[i] += member.Bit != 0 ? 1000 : 1;
                break;
            }
        }
    }

    private int Best(ReadOnlySpan<int> scores)
    {
        var best = -1;
        var bestScore = int.MinValue;
        for (var i = 0; i < scores.Length; i++)
        {
            var required = _objects[i].Members.Count(static member => member.Bit != 0);
            var complete = scores[i] / 1000 >= required;
            var score = scores[i] + (complete ? 1_000_000 : 0);
            if (score <= bestScore) continue;
            best = i;
            bestScore = score;
        }
        return best;
    }

    private static ObjectNode? Shape(SchemaNode branch) => branch.Actual switch
    {
        ObjectNode node => node,
        CheckedNode node => Shape(node.Inner),
        _ => null,
    };

    private static string? Constant(ObjectNode branch, string name) =>
        branch.Members.FirstOrDefault(member => member.Name == name)?.Node is ChoiceNode { Constant: { } word } ? word : null;
}
