namespace Reeve.Settings.Profiles;

/// <summary>Replacements in a text, given by positions in the original.</summary>
internal sealed class TextEdits(string text)
{
    private readonly List<(int Start, int Length, string Replacement)> _edits = [];

    public void Replace(int start, int length, string replacement) => _edits.Add((start, length, replacement));

    public void Insert(int start, string addition)
    {
        // The last line of a file may lack its end.
        var needsLine = start > 0 && start == text.Length && text[^1] != '\n';
        _edits.Add((start, 0, needsLine ? "\n" + addition : addition));
    }

    /// <summary>Removes whole lines, the end of the last one included.</summary>
    public void RemoveLines(int start, int end)
    {
        var first = start == 0 ? 0 : text.LastIndexOf('\n', start - 1) + 1;
        var last = EndOfLine(end);
        _edits.Add((first, last - first, ""));
    }

    /// <summary>The position after the line that holds the character before <paramref name="position"/>.</summary>
    public int EndOfLine(int position)
    {
        if (position > 0 && text[position - 1] == '\n') return position;
        var end = text.IndexOf('\n', position);
        return end < 0 ? text.Length : end + 1;
    }

    public string Apply()
    {
        var result = text;
        foreach (var (start, length, replacement) in _edits.OrderByDescending(edit => edit.Start))
            result = string.Concat(result.AsSpan(0, start), replacement, result.AsSpan(start + length));
        return result;
    }
}
