using System.Globalization;
using System.Text;

namespace Reeve.Core.Templates.Values;

/// <summary>The methods of text.</summary>
internal static class TextMethods
{
    public static object? Get(string text, string name)
    {
        Func<Arguments, object?>? body = name switch
        {
            "upper" => _ => text.ToUpperInvariant(),
            "lower" => _ => text.ToLowerInvariant(),
            "casefold" => _ => text.ToLowerInvariant(),
            "swapcase" => _ => string.Concat(text.Select(c => char.IsUpper(c) ? char.ToLowerInvariant(c) : char.ToUpperInvariant(c))),
            "title" => _ => Title(text),
            "capitalize" => _ => Capitalize(text),
            "strip" => a => Strip(text, a, true, true),
            "lstrip" => a => Strip(text, a, true, false),
            "rstrip" => a => Strip(text, a, false, true),
            "split" => a => Split(text, a, fromRight: false),
            "rsplit" => a => Split(text, a, fromRight: true),
            "splitlines" => a => Lines(text, Operations.IsTrue(Arguments.Or(a.Bind(name, 0, "keepends")[0], false))).Cast<object?>().ToList(),
            "join" => a => Join(text, a),
            "replace" => a => Replace(text, a),
            "startswith" => a => Affix(a, name, part => text.StartsWith(part, StringComparison.Ordinal)),
            "endswith" => a => Affix(a, name, part => text.EndsWith(part, StringComparison.Ordinal)),
            "removeprefix" => a => Part(a, name) is var part && text.StartsWith(part, StringComparison.Ordinal) ? text[part.Length..] : text,
            "removesuffix" => a => Part(a, name) is { Length: > 0 } part && text.EndsWith(part, StringComparison.Ordinal) ? text[..^part.Length] : text,
            "find" => a => Runes(text, text.IndexOf(Part(a, name), StringComparison.Ordinal)),
            "rfind" => a => Runes(text, text.LastIndexOf(Part(a, name), StringComparison.Ordinal)),
            "index" => a => Found(Runes(text, text.IndexOf(Part(a, name), StringComparison.Ordinal))),
            "rindex" => a => Found(Runes(text, text.LastIndexOf(Part(a, name), StringComparison.Ordinal))),
            "count" => a => Count(text, Part(a, name)),
            "isdigit" or "isdecimal" or "isnumeric" => _ => text.Length > 0 && text.All(char.IsDigit),
            "isalpha" => _ => text.Length > 0 && text.All(char.IsLetter),
            "isalnum" => _ => text.Length > 0 && text.All(char.IsLetterOrDigit),
            "isspace" => _ => text.Length > 0 && text.All(char.IsWhiteSpace),
            "isascii" => _ => text.All(char.IsAscii),
            "isupper" => _ => text.Any(char.IsUpper) && !text.Any(char.IsLower),
            "islower" => _ => text.Any(char.IsLower) && !text.Any(char.IsUpper),
            "istitle" => _ => text.Any(char.IsLetter) && Title(text) == text,
            "isidentifier" => _ => text.Length > 0 && (char.IsLetter(text[0]) || text[0] == '_') && text.All(c => char.IsLetterOrDigit(c) || c == '_'),
            "zfill" => a => ZeroFill(text, Width(a, name)),
            "ljust" => a => Pad(text, a, name, 0),
            "rjust" => a => Pad(text, a, name, 2),
            "center" => a => Pad(text, a, name, 1),
            "partition" => a => Partition(text, Part(a, name), text.IndexOf(Part(a, name), StringComparison.Ordinal), last: false),
            "rpartition" => a => Partition(text, Part(a, name), text.LastIndexOf(Part(a, name), StringComparison.Ordinal), last: true),
            "expandtabs" => a => text.Replace("\t", new string(' ', Math.Clamp(Operations.Index(Arguments.Or(a.Bind(name, 0, "tabsize")[0], 8L)), 0, 100)), StringComparison.Ordinal),
            "format" => a => PythonFormat.Braces(text, a),
            "format_map" => a => PythonFormat.Braces(text, Named(a, name)),
            _ => null,
        };
        return body is null ? Arguments.Absent : new Function(name, body);
    }

    private static Arguments Named(Arguments arguments, string name) =>
        arguments.Bind(name, 1, "mapping")[0] is PythonDict dict
            ? new Arguments([], dict.Select(pair => (Operations.Text(PythonKeys.Value(pair.Key)), pair.Value)).ToList())
            : throw TemplateRenderException.Type("format_map() argument must be a mapping");

    private static string Part(Arguments arguments, string name)
    {
        var value = arguments.Bind(name, 1, "value", "start", "end")[0];
        return Operations.AsText(value) ?? throw TemplateRenderException.Type($"must be str, not {Operations.TypeName(value)}");
    }

    private static int Width(Arguments arguments, string name)
    {
        var width = Operations.Index(arguments.Bind(name, 1, "width", "fillchar")[0]);
        return width <= TemplateLimits.Characters ? width : throw TemplateRenderException.Overflow("Text too long.");
    }

    /// <summary>The characters of a text, as Python counts them.</summary>
    public static int Length(string text) => text.EnumerateRunes().Count();

    /// <summary>The UTF-16 units of the first so many characters of a text.</summary>
    public static int Units(string text, int characters) => text.EnumerateRunes().Take(characters).Sum(static rune => rune.Utf16SequenceLength);

    // A position counts characters, not UTF-16 units.
    private static long Runes(string text, int unit) => unit < 0 ? -1 : text[..unit].EnumerateRunes().Count();

    private static object Found(long position) => position >= 0 ? position : throw TemplateRenderException.Value("substring not found");

    private static long Count(string text, string part)
    {
        if (part.Length == 0)
            return text.EnumerateRunes().Count() + 1;
        long count = 0;
        for (var i = text.IndexOf(part, StringComparison.Ordinal); i >= 0; i = text.IndexOf(part, i + part.Length, StringComparison.Ordinal))
            count++;
        return count;
    }

    public static string Capitalize(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..].ToLowerInvariant();

    private static string Title(string text)
    {
        var result = new StringBuilder(text.Length);
        var inWord = false;
        foreach (var c in text)
        {
            result.Append(inWord ? char.ToLowerInvariant(c) : char.ToUpperInvariant(c));
            inWord = char.IsLetter(c);
        }

        return result.ToString();
    }

    public static string Strip(string text, object? characters, bool left, bool right)
    {
        var set = characters is null ? null : Operations.AsText(characters)?.ToCharArray() ?? throw TemplateRenderException.Type("strip arg must be None or str");
        if (left)
            text = set is null ? text.TrimStart() : set.Length == 0 ? text : text.TrimStart(set);
        if (right)
            text = set is null ? text.TrimEnd() : set.Length == 0 ? text : text.TrimEnd(set);
        return text;
    }

    private static string Strip(string text, Arguments arguments, bool left, bool right) =>
        Strip(text, Arguments.Or(arguments.Bind("strip", 0, "chars")[0], null), left, right);

    private static List<object?> Split(string text, Arguments arguments, bool fromRight)
    {
        var bound = arguments.Bind("split", 0, "sep", "maxsplit");
        var separator = Arguments.Or(bound[0], null);
        var most = Operations.Index(Arguments.Or(bound[1], -1L));
        if (separator is null)
            return SplitSpace(text, most < 0 ? int.MaxValue : most, fromRight).Cast<object?>().ToList();
        var mark = Operations.AsText(separator) ?? throw TemplateRenderException.Type($"must be str or None, not {Operations.TypeName(separator)}");
        if (mark.Length == 0)
            throw TemplateRenderException.Value("empty separator");
        if (most < 0)
            return text.Split(mark).Cast<object?>().ToList();
        if (!fromRight)
            return text.Split(mark, most == int.MaxValue ? most : most + 1).Cast<object?>().ToList();
        var parts = text.Split(mark).ToList();
        if (parts.Count > most + 1L)
            parts = [string.Join(mark, parts.Take(parts.Count - most)), .. parts.TakeLast(most)];
        return parts.Cast<object?>().ToList();
    }

    private static List<string> SplitSpace(string text, int most, bool fromRight)
    {
        var words = new List<string>();
        if (fromRight)
        {
            text = text.TrimEnd();
            while (text.Length > 0 && words.Count < most)
            {
                var start = text.Length;
                while (start > 0 && !char.IsWhiteSpace(text[start - 1]))
                    start--;
                words.Insert(0, text[start..]);
                text = text[..start].TrimEnd();
            }

            if (text.Length > 0)
                words.Insert(0, text);
            return words;
        }

        text = text.TrimStart();
        while (text.Length > 0 && words.Count < most)
        {
            var end = 0;
            while (end < text.Length && !char.IsWhiteSpace(text[end]))
                end++;
            words.Add(text[..end]);
            text = text[end..].TrimStart();
        }

        if (text.Length > 0)
            words.Add(text);
        return words;
    }

    public static List<string> Lines(string text, bool keepEnds)
    {
        var lines = new List<string>();
        var start = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is not ('\n' or '\r' or '\v' or '\f' or '\x1c' or '\x1d' or '\x1e' or '\x85' or '\u2028' or '\u2029'))
                continue;
            var end = text[i] == '\r' && i + 1 < text.Length && text[i + 1] == '\n' ? i + 2 : i + 1;
            lines.Add(text[start..(keepEnds ? end : i)]);
            start = end;
            i = end - 1;
        }

        if (start < text.Length)
            lines.Add(text[start..]);
        return lines;
    }

    private static string Join(string text, Arguments arguments)
    {
        var items = Operations.Iterate(arguments.Bind("join", 1, "iterable")[0]);
        var parts = items.Select((item, i) => Operations.AsText(item)
            ?? throw TemplateRenderException.Type($"sequence item {i}: expected str instance, {Operations.TypeName(item)} found"));
        return Operations.Bounded(string.Join(text, parts));
    }

    private static string Replace(string text, Arguments arguments)
    {
        var bound = arguments.Bind("replace", 2, "old", "new", "count");
        var (from, to) = (Operations.AsText(bound[0]), Operations.AsText(bound[1]));
        if (from is null || to is null)
            throw TemplateRenderException.Type($"replace() argument {(from is null ? 1 : 2)} must be str, not {Operations.TypeName(from is null ? bound[0] : bound[1])}");
        return Replace(text, from, to, Operations.Index(Arguments.Or(bound[2], -1L)));
    }

    public static string Replace(string text, string from, string to, int count)
    {
        if (from.Length > 0 && count < 0)
            return Operations.Bounded(((long)text.Length / from.Length * to.Length) + text.Length > 10L * TemplateLimits.Characters
                ? throw TemplateRenderException.Overflow("Text too long.")
                : text.Replace(from, to, StringComparison.Ordinal));
        if (count < 0)
            count = int.MaxValue;
        var result = new StringBuilder();
        var at = 0;
        while (count > 0 && at <= text.Length)
        {
            var next = text.IndexOf(from, at, StringComparison.Ordinal);
            if (next < 0)
                break;
            result.Append(text, at, next - at).Append(to);
            count--;
            at = next + from.Length;
            if (result.Length > TemplateLimits.Characters)
                throw TemplateRenderException.Overflow("Text too long.");
            if (from.Length > 0)
                continue;
            if (at < text.Length)
                result.Append(text[at]);
            at++;
        }

        if (at < text.Length)
            result.Append(text, at, text.Length - at);
        return result.ToString();
    }

    private static object Affix(Arguments arguments, string name, Func<string, bool> matches)
    {
        var value = arguments.Bind(name, 1, "prefix", "start", "end")[0];
        if (value is PythonTuple tuple)
            return tuple.Items.Any(item => Operations.AsText(item) is { } part && matches(part));
        return Operations.AsText(value) is { } single
            ? matches(single)
            : throw TemplateRenderException.Type($"{name} first arg must be str or a tuple of str, not {Operations.TypeName(value)}");
    }

    private static string ZeroFill(string text, int width)
    {
        var sign = text.Length > 0 && text[0] is '+' or '-' ? text[..1] : "";
        return sign + text[sign.Length..].PadLeft(Math.Max(0, width - sign.Length), '0');
    }

    private static string Pad(string text, Arguments arguments, string name, int side)
    {
        var width = Width(arguments, name);
        var fill = Operations.AsText(Arguments.Or(arguments.Bind(name, 1, "width", "fillchar")[1], " "));
        if (fill is null || fill.EnumerateRunes().Count() != 1)
            throw TemplateRenderException.Type("The fill character must be exactly one character long");
        return Pad(text, width, fill, side);
    }

    /// <summary>Fills up on the right (0), on both sides (1) or on the left (2).</summary>
    public static string Pad(string text, int width, string fill, int side)
    {
        var missing = width - text.EnumerateRunes().Count();
        if (missing <= 0)
            return text;
        // When both sides cannot be equal, Python puts the odd one left exactly if the width is odd.
        var left = side == 0 ? 0 : side == 2 ? missing : (missing / 2) + (missing & width & 1);
        return new StringBuilder().Insert(0, fill, left).Append(text).Append(new StringBuilder().Insert(0, fill, missing - left)).ToString();
    }

    private static PythonTuple Partition(string text, string mark, int at, bool last)
    {
        if (mark.Length == 0)
            throw TemplateRenderException.Value("empty separator");
        if (at < 0)
            return new PythonTuple(last ? ["", "", text] : [text, "", ""]);
        return new PythonTuple([text[..at], mark, text[(at + mark.Length)..]]);
    }

    internal static bool TryParseFloat(string text, out double value)
    {
        var plain = text.Trim().Replace("_", "", StringComparison.Ordinal);
        switch (plain.TrimStart('+', '-').ToLowerInvariant())
        {
            case "inf" or "infinity":
                value = plain[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity;
                return true;
            case "nan":
                value = double.NaN;
                return true;
            default:
                return double.TryParse(plain, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out value);
        }
    }
}
