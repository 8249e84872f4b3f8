using System.Text.Json;
using Reeve.Contract.Json;

namespace Reeve.Contract.OpenApi;

internal static class NameChecks
{
    /// <summary>Characters of JSON a variable's value may have at most, its quotes included.</summary>
    private const int LongestValue = 5000;

    public static CheckFault? BlockDocument(ReadOnlySpan<byte> json)
    {
        var named = false;
        var anonymous = false;
        var reader = CheckText.Reader(json);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isName = reader.ValueTextEquals("name"u8);
            var isAnonymous = reader.ValueTextEquals("is_anonymous"u8);
            reader.Read();
            if (isName) named = reader.TokenType == JsonTokenType.String;
            else if (isAnonymous) anonymous = BooleanConverter.TryRead(ref reader, out var flag) && flag;
            else reader.Skip();
        }
        return named || anonymous ? null : new CheckFault("A block document needs a name unless it is anonymous: give a name or set is_anonymous to true.");
    }

    public static CheckFault? BlockDocumentName(ReadOnlySpan<byte> json) => Slug(json, "A block document's name");

    public static CheckFault? BlockTypeSlug(ReadOnlySpan<byte> json) => Slug(json, "A block type's slug");

    public static CheckFault? ArtifactKey(ReadOnlySpan<byte> json) => Slug(json, "An artifact's key");

    public static CheckFault? VariableName(ReadOnlySpan<byte> json) => CheckText.IsSlug(json, underscores: true)
        ? null
        : new CheckFault("A variable's name can only have lowercase letters, numbers, dashes and underscores.");

    public static CheckFault? VariableValue(ReadOnlySpan<byte> json) => json.Length <= LongestValue || JsonLength(json) <= LongestValue
        ? null
        : new CheckFault($"A variable's value can have at most {LongestValue} characters as JSON; keep larger values in a block or a file.");

    public static CheckFault? WorkPoolName(ReadOnlySpan<byte> json) => CheckText.Of(json).AsSpan().Trim(" '\"").Length > 0
        ? null
        : new CheckFault("A work pool's name cannot be empty; spaces and quotes alone do not make one.");

    private static CheckFault? Slug(ReadOnlySpan<byte> json, string what) =>
        CheckText.IsSlug(json) ? null : new CheckFault($"{what} can only have lowercase letters, numbers and dashes.");

    // The length as Python prints the value: a space after every comma and colon, and \u escapes for all beyond ASCII.
    private static int JsonLength(ReadOnlySpan<byte> json)
    {
        var length = 0;
        var reader = CheckText.Reader(json);
        var isFirst = true;
        while (reader.Read())
        {
            var closes = reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray;
            if (!isFirst && !closes) length += 2;
            isFirst = reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray;
            if (reader.TokenType == JsonTokenType.PropertyName) isFirst = false;
            length += reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName ? TextLength(reader.GetString()!) : reader.ValueSpan.Length;
        }
        return length;
    }

    private static int TextLength(string text)
    {
        var length = 2;
        foreach (var letter in text)
        {
            length += letter switch
            {
                '"' or '\\' or '\n' or '\r' or '\t' or '\b' or '\f' => 2,
                < ' ' or > '~' => 6,
                _ => 1,
            };
        }
        return length;
    }
}
