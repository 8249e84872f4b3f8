namespace Reeve.Server.Events.Streams;

/// <summary>Patterns of labels over an entire text: <c>*</c>, <c>?</c>, <c>[seq]</c>, <c>[!seq]</c>; a leading <c>!</c> negates. Case counts.</summary>
internal static class EventGlob
{
    public static bool Matches(string pattern, string text) =>
        pattern.StartsWith('!') ? !Covers(pattern.AsSpan(1), text) : Covers(pattern, text);

    private static bool Covers(ReadOnlySpan<char> pattern, ReadOnlySpan<char> text)
    {
        int p = 0, t = 0, star = -1, resume = 0;
        while (t < text.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                star = p++;
                resume = t;
            }
            else if (p < pattern.Length && Fits(pattern, text[t], ref p))
            {
                t++;
            }
            else if (star >= 0)
            {
                // Only the last star is ever returned to.
                p = star + 1;
                t = ++resume;
            }
            else
            {
                return false;
            }
        }
        return pattern[p..].IndexOfAnyExcept('*') < 0;
    }

    private static bool Fits(ReadOnlySpan<char> pattern, char c, ref int at)
    {
        if (pattern[at] == '[' && pattern[(at + 1)..] is { Length: > 1 } rest)
        {
            var isNot = rest[0] == '!';
            var from = isNot ? 1 : 0;
            // A bracket right after the opening one stands for itself.
            var length = rest.Length > from + 1 ? rest[(from + 1)..].IndexOf(']') : -1;
            if (length >= 0)
            {
                if (InSet(rest.Slice(from, length + 1), c) == isNot) return false;
                at += from + length + 3;
                return true;
            }
        }
        if (pattern[at] != '?' && pattern[at] != c) return false;
        at++;
        return true;
    }

    private static bool InSet(ReadOnlySpan<char> set, char c)
    {
        for (var i = 0; i < set.Length; i++)
        {
            if (i + 2 < set.Length && set[i + 1] == '-')
            {
                if (set[i] <= c && c <= set[i + 2]) return true;
                i += 2;
            }
            else if (set[i] == c)
            {
                return true;
            }
        }
        return false;
    }
}
