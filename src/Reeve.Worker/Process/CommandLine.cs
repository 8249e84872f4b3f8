using System.Text;

namespace Reeve.Worker.Process;

/// <summary>Splits a command line by a POSIX shell's rules of quoting. Nothing else of the shell happens: no variables, no globs, no pipes.</summary>
internal static class CommandLine
{
    /// <exception cref="FormatException">A quote is not closed.</exception>
    public static List<string> Split(string text)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        var inWord = false;
        for (var i = 0; i < text.Length; i++)
        {
            var letter = text[i];
            switch (letter)
            {
                case ' ' or '\t' or '\n' or '\r':
                    if (inWord) words.Add(word.ToString());
                    word.Clear();
                    inWord = false;
                    break;
                case '\'':
                    inWord = true;
                    i = Single(text, i + 1, word);
                    break;
                case '"':
                    inWord = true;
                    i = Double(text, i + 1, word);
                    break;
                case '\\' when i + 1 < text.Length:
                    inWord = true;
                    word.Append(text[++i]);
                    break;
                default:
                    inWord = true;
                    word.Append(letter);
                    break;
            }
        }

        if (inWord) words.Add(word.ToString());
        return words;
    }

    private static int Single(string text, int start, StringBuilder word)
    {
        var end = text.IndexOf('\'', start);
        if (end < 0) throw Unclosed(text, '\'');
        word.Append(text, start, end - start);
        return end;
    }

    private static int Double(string text, int start, StringBuilder word)
    {
        for (var i = start; i < text.Length; i++)
        {
            if (text[i] == '"') return i;
            // Within double quotes a backslash means something before these only.
            if (text[i] == '\\' && i + 1 < text.Length && text[i + 1] is '"' or '\\' or '$' or '`') i++;
            word.Append(text[i]);
        }

        throw Unclosed(text, '"');
    }

    private static FormatException Unclosed(string text, char quote) => new($"The command has an unclosed {quote} quote: {text}");
}
