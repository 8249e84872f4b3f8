using System.Buffers;

namespace Reeve.Contract.OpenApi;

/// <summary>A pattern of the document. There are two, and neither needs a regular expression.</summary>
internal sealed class TextPattern
{
    private readonly SearchValues<char>? _forbidden;
    private readonly SearchValues<string>? _wanted;

    private TextPattern(string message, SearchValues<char>? forbidden, SearchValues<string>? wanted)
    {
        Message = message;
        _forbidden = forbidden;
        _wanted = wanted;
    }

    public string Message { get; }

    /// <exception cref="NotSupportedException">The pattern is neither of the two.</exception>
    public static TextPattern Parse(string pattern)
    {
        if (pattern == "^[^/%&><]+$")
        {
            return new TextPattern("Names cannot be empty and cannot contain / % & > or <; choose others, such as a dash.", SearchValues.Create("/%&><"), null);
        }
        if (pattern.AsSpan().IndexOfAny("^$.*+?()[]{}\\") >= 0 && !pattern.StartsWith("Africa/Abidjan|", StringComparison.Ordinal))
        {
            throw new NotSupportedException($"No matcher for the pattern {pattern}.");
        }
        // A choice of words, found anywhere in the text. A plus in a zone's name (Etc/GMT+1) repeats the T before it, as a pattern;
        // the name itself is what is meant.
        var words = SearchValues.Create(pattern.Split('|'), StringComparison.Ordinal);
        return new TextPattern("This is no time zone; write a name of the IANA list, such as Europe/Berlin.", null, words);
    }

    public bool Fits(string text) =>
        _forbidden is not null ? text.Length > 0 && !text.AsSpan().ContainsAny(_forbidden) : text.AsSpan().ContainsAny(_wanted!);
}
