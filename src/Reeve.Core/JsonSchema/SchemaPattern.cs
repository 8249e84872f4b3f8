using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace Reeve.Core.JsonSchema;

/// <summary>Patterns of users, written for Python's <c>re</c> and searched anywhere in the text, with a limit on time.</summary>
internal static class SchemaPattern
{
    private const int MaxCached = 512;
    private static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(250);
    private static readonly ConcurrentDictionary<string, Regex?> Cache = new(StringComparer.Ordinal);

    /// <summary>Whether the pattern occurs in the text. A pattern that takes too long counts as absent.</summary>
    /// <exception cref="SchemaException">The pattern is not a regular expression.</exception>
    public static bool Matches(string pattern, string text)
    {
        var regex = Get(pattern) ?? throw new SchemaException(SchemaFault.Invalid, $"Invalid schema: {Python.PythonText.Repr(pattern)} is not a 'regex'");
        try
        {
            return regex.IsMatch(text);
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
    }

    public static bool IsValid(string pattern) => Get(pattern) is not null;

    private static Regex? Get(string pattern)
    {
        if (Cache.TryGetValue(pattern, out var known))
            return known;
        Regex? regex;
        try
        {
            regex = new Regex(Translate(pattern), RegexOptions.CultureInvariant, Limit);
        }
        catch (ArgumentException)
        {
            regex = null;
        }

        if (Cache.Count >= MaxCached)
            Cache.Clear();
        Cache[pattern] = regex;
        return regex;
    }

    // Python's own spellings of what .NET spells otherwise.
    private static string Translate(string pattern) => pattern
        .Replace("(?P<", "(?<", StringComparison.Ordinal)
        .Replace("\\Z", "\\z", StringComparison.Ordinal);
}
