namespace Reeve.Core.Automations;

/// <summary>Case-sensitive shell patterns over an entire text: <c>*</c>, <c>?</c>, <c>[seq]</c>, <c>[!seq]</c>.</summary>
public static class Glob
{
    /// <summary>Whether a pattern means anything but itself.</summary>
    public static bool IsPattern(string pattern) => pattern.AsSpan().IndexOfAny('*', '?', '[') >= 0;

    /// <summary>Whether the pattern covers the whole text. Linear in practice: only the last star is ever returned to.</summary>
    public static bool Matches(ReadOnlySpan<char> pattern, ReadOnlySpan<char> text)
    {
        int p = 0, t = 0, star = -1, resume = 0;
        while (t < text.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                star = p++;
                resume = t;
            }
            else if (p < pattern.Length && One(pattern, p, text[t], out var next))
            {
                p = next;
                t++;
            }
            else if (star >= 0)
            {
                p = star + 1;
                t = ++resume;
            }
            else return false;
        }
        while (p < pattern.Length && pattern[p] == '*') p++;
        return p == pattern.Length;
    }

    /// <summary>Whether one character of the text fits the element of the pattern at <paramref name="at"/>; where the next element begins.</summary>
    private static bool One(ReadOnlySpan<char> pattern, int at, char c, out int next)
    {
        next = at + 1;
        if (pattern[at] == '?') return true;
        if (pattern[at] != '[') return pattern[at] == c;
        var first = at + 1;
        var negated = first < pattern.Length && pattern[first] == '!';
        if (negated) first++;
        // A bracket right after the opening one stands for itself; a set that never closes is a plain bracket.
        var length = first + 1 < pattern.Length ? pattern[(first + 1)..].IndexOf(']') : -1;
        if (length < 0) return c == '[';
        var set = pattern.Slice(first, length + 1);
        next = first + set.Length + 1;
        return Contains(set, c) != negated;
    }

    private static bool Contains(ReadOnlySpan<char> set, char c)
    {
        for (var i = 0; i < set.Length; i++)
        {
            if (i + 2 < set.Length && set[i + 1] == '-')
            {
                if (set[i] <= c && c <= set[i + 2]) return true;
                i += 2;
            }
            else if (set[i] == c) return true;
        }
        return false;
    }
}
