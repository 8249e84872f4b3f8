using System.Text.Json;

namespace Reeve.Contract.OpenApi;

/// <summary>Text: a number is not taken for one.</summary>
internal sealed class TextNode(int minLength, int maxLength, TextPattern? pattern) : SchemaNode
{
    public override bool Check(ref Utf8JsonReader reader, ValidationWalk walk)
    {
        if (reader.TokenType != JsonTokenType.String) return walk.Refuse(ref reader, "string_type", "This must be text.");
        if (minLength == 0 && maxLength == int.MaxValue && pattern is null) return true;
        if (minLength == 0 && pattern is null && reader.ValueSpan.Length <= maxLength) return true;
        var text = reader.GetString()!;
        var length = Length(text);
        if (length < minLength) return walk.Refuse(ref reader, "string_too_short", $"This has {length} characters; write at least {minLength}.");
        if (length > maxLength) return walk.Refuse(ref reader, "string_too_long", $"This has {length} characters; write at most {maxLength}.");
        return pattern is null || pattern.Fits(text) || walk.Refuse(ref reader, "string_pattern_mismatch", pattern.Message);
    }

    private static int Length(string text)
    {
        var count = 0;
        foreach (var _ in text.EnumerateRunes()) count++;
        return count;
    }
}
