using System.Text;

namespace Reeve.Settings.Sources;

/// <summary>Reads a .env file: <c>NAME=value</c>, <c>export</c>, comments, quotes, several lines inside quotes, <c>${NAME:-default}</c>.</summary>
internal static class DotEnvFile
{
    /// <summary>The variables in the order of the file. A name repeated keeps its last value; a name without = is left out.</summary>
    public static Dictionary<string, string> Parse(string text, IReadOnlyDictionary<string, string> environment)
    {
        var values = new Dictionary<string, string>();
        var position = 0;
        while (position < text.Length)
        {
            SkipBlank(text, ref position);
            if (position >= text.Length) break;
            if (text[position] == '#')
            {
                ReadToLineEnd(text, ref position);
                continue;
            }

            var name = ReadName(text, ref position);
            if (name is null)
            {
                ReadToLineEnd(text, ref position);
                continue;
            }

            var (value, literal) = ReadValue(text, ref position);
            values[name] = literal ? value : Expand(value, values, environment);
        }

        return values;
    }

    private static void SkipBlank(string text, ref int position)
    {
        while (position < text.Length && (char.IsWhiteSpace(text[position]) || text[position] == '\uFEFF')) position++;
    }

    private static string? ReadName(string text, ref int position)
    {
        var start = position;
        while (position < text.Length && text[position] is not ('=' or '\n' or '#')) position++;
        if (position >= text.Length || text[position] != '=') return null;
        var name = text[start..position].Trim();
        position++;
        if (name.StartsWith("export ", StringComparison.Ordinal)) name = name[7..].TrimStart();
        name = name.Trim('\'');
        return name.Length == 0 ? null : name;
    }

    private static (string Value, bool Literal) ReadValue(string text, ref int position)
    {
        while (position < text.Length && text[position] is ' ' or '\t') position++;
        if (position < text.Length && text[position] is '"' or '\'')
        {
            var quote = text[position];
            var end = FindQuoteEnd(text, position + 1, quote);
            if (end >= 0)
            {
                var inner = text[(position + 1)..end];
                position = end + 1;
                ReadToLineEnd(text, ref position);
                return (Unescape(inner, quote), quote == '\'');
            }
        }

        var line = ReadToLineEnd(text, ref position);
        for (var index = 1; index < line.Length; index++)
        {
            if (line[index] == '#' && char.IsWhiteSpace(line[index - 1])) return (line[..index].TrimEnd(), false);
        }

        return (line.StartsWith('#') ? "" : line.TrimEnd(), false);
    }

    private static int FindQuoteEnd(string text, int from, char quote)
    {
        for (var index = from; index < text.Length; index++)
        {
            if (text[index] == '\\') index++;
            else if (text[index] == quote) return index;
        }

        return -1;
    }

    private static string Unescape(string text, char quote)
    {
        if (!text.Contains('\\')) return text;
        var result = new StringBuilder(text.Length);
        for (var index = 0; index < text.Length; index++)
        {
            if (text[index] != '\\' || index + 1 == text.Length)
            {
                result.Append(text[index]);
                continue;
            }

            var next = text[++index];
            var plain = quote == '\''
                ? next is '\\' or '\'' ? next : (char?)null
                : next switch
                {
                    'n' => '\n', 'r' => '\r', 't' => '\t', 'b' => '\b', 'f' => '\f', 'v' => '\v', 'a' => '\a',
                    '\\' or '\'' or '"' => next,
                    _ => null,
                };
            if (plain is { } character) result.Append(character);
            else result.Append('\\').Append(next);
        }

        return result.ToString();
    }

    private static string Expand(string value, Dictionary<string, string> earlier, IReadOnlyDictionary<string, string> environment)
    {
        var start = value.IndexOf("${", StringComparison.Ordinal);
        if (start < 0) return value;
        var result = new StringBuilder();
        var position = 0;
        while (start >= 0)
        {
            var end = value.IndexOf('}', start);
            if (end < 0) break;
            result.Append(value, position, start - position);
            var inside = value[(start + 2)..end];
            var split = inside.IndexOf(":-", StringComparison.Ordinal);
            var name = split < 0 ? inside : inside[..split];
            var fallback = split < 0 ? "" : inside[(split + 2)..];
            result.Append(earlier.GetValueOrDefault(name) ?? environment.GetValueOrDefault(name) ?? fallback);
            position = end + 1;
            start = value.IndexOf("${", position, StringComparison.Ordinal);
        }

        return result.Append(value, position, value.Length - position).ToString();
    }

    private static string ReadToLineEnd(string text, ref int position)
    {
        var end = text.IndexOf('\n', position);
        var line = end < 0 ? text[position..] : text[position..end];
        position = end < 0 ? text.Length : end + 1;
        return line.TrimEnd('\r');
    }
}
