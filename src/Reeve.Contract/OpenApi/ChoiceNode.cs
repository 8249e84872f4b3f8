using System.Text;
using System.Text.Json;

namespace Reeve.Contract.OpenApi;

/// <summary>One of a list of words: an enum, or with one word a const.</summary>
internal sealed class ChoiceNode(string[] words, bool isConst) : SchemaNode
{
    private readonly byte[][] _words = [.. words.Select(Encoding.UTF8.GetBytes)];

    /// <summary>The one word of a const; null for an enum.</summary>
    public string? Constant => isConst ? words[0] : null;

    public override bool Check(ref Utf8JsonReader reader, ValidationWalk walk)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            foreach (var word in _words)
            {
                if (reader.ValueTextEquals(word)) return true;
            }
        }
        return walk.Refuse(ref reader, isConst ? "literal_error" : "enum", $"This must be {string.Join(" or ", words.Select(static word => $"'{word}'"))}.");
    }
}
