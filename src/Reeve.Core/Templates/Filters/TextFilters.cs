using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Reeve.Core.Templates.Values;

namespace Reeve.Core.Templates.Filters;

/// <summary>Filters that make text of text.</summary>
internal static partial class TextFilters
{
    public static void AddTo(Dictionary<string, Filter> filters)
    {
        filters["upper"] = (_, value, _) => Keep(value, text => text.ToUpperInvariant());
        filters["lower"] = (_, value, _) => Keep(value, text => text.ToLowerInvariant());
        filters["capitalize"] = (_, value, _) => Keep(value, TextMethods.Capitalize);
        filters["title"] = (_, value, _) => Keep(value, Title);
        filters["trim"] = (_, value, a) => Keep(value, text => TextMethods.Strip(text, Arguments.Or(a.Bind("trim", 0, "chars")[0], null), true, true));
        filters["string"] = (_, value, _) => value as Markup ?? (object)Operations.Text(value);
        filters["escape"] = filters["e"] = (_, value, _) => Markup.Escape(value);
        filters["forceescape"] = (_, value, _) => new Markup(Markup.EscapeText(Operations.Text(value)));
        filters["safe"] = (_, value, _) => new Markup(Operations.Text(value));
        filters["striptags"] = (_, value, _) => StripTags(Operations.Text(value));
        filters["center"] = (_, value, a) => Keep(value, text => TextMethods.Pad(text, Math.Min(Operations.Index(Arguments.Or(a.Bind("center", 0, "width")[0], 80L)), TemplateLimits.Characters), " ", 1));
        filters["replace"] = (_, value, a) => Replace(value, a);
        filters["format"] = (_, value, a) => Format(value, a);
        filters["indent"] = (_, value, a) => Indent(value, a);
        filters["truncate"] = (_, value, a) => Truncate(value, a);
        filters["wordcount"] = (_, value, _) => (long)Word().Count(Operations.Text(value));
        filters["wordwrap"] = (_, value, a) => WordWrap(Lined(value), a);
        filters["urlencode"] = (_, value, _) => UrlEncode(value);
        filters["urlize"] = (_, value, _) => UrlPattern().Replace(Markup.EscapeText(Operations.Text(value)), match => $"<a href=\"{match.Value}\" rel=\"noopener\">{match.Value}</a>");
        filters["xmlattr"] = (_, value, a) => XmlAttributes(value, a);
        filters["pprint"] = (_, value, _) => Operations.Repr(value);
    }

    private static string StripTags(string text) => System.Net.WebUtility.HtmlDecode(
        string.Join(' ', Tag().Replace(Comment().Replace(text, ""), "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));

    private static object Keep(object? value, Func<string, string> change)
    {
        var text = change(Operations.AsText(value) ?? Operations.Text(value));
        return value is Markup ? new Markup(text) : text;
    }

    // Words begin after spaces, hyphens and opening brackets; an apostrophe does not begin one.
    private static string Title(string text) =>
        string.Concat(WordStart().Split(text).Select(part => part.Length == 0 ? part : char.ToUpperInvariant(part[0]) + part[1..].ToLowerInvariant()));

    private static object Replace(object? value, Arguments arguments)
    {
        var bound = arguments.Bind("do_replace", 2, "old", "new", "count");
        var count = Arguments.Or(bound[2], null) is { } given ? Operations.Index(given) : -1;
        return Keep(value, text => TextMethods.Replace(text, Operations.Text(bound[0]), Operations.Text(bound[1]), count));
    }

    private static object Format(object? value, Arguments arguments)
    {
        if (arguments.Positional.Count > 0 && arguments.Keywords.Count > 0)
            throw TemplateRenderException.FilterArgument("can't handle positional and keyword arguments at the same time");
        object? values = new PythonTuple(arguments.Positional);
        if (arguments.Keywords.Count > 0)
        {
            var named = new PythonDict();
            foreach (var (key, item) in arguments.Keywords)
                named[key] = item;
            values = named;
        }

        return Keep(value, text => PythonFormat.Percent(text, values));
    }

    private static object Indent(object? value, Arguments arguments)
    {
        if (value is not (Undefined or List<object?>) && Operations.AsText(value) is null)
            throw TemplateRenderException.Type($"unsupported operand type(s) for +=: '{Operations.TypeName(value)}' and 'str'");
        Lined(value);
        var bound = arguments.Bind("do_indent", 0, "width", "first", "blank");
        var width = Arguments.Or(bound[0], 4L);
        var prefix = width as string ?? new string(' ', Math.Clamp(Operations.Index(width), 0, 1000));
        var (first, blank) = (Operations.IsTrue(Arguments.Or(bound[1], false)), Operations.IsTrue(Arguments.Or(bound[2], false)));
        return Keep(value, text =>
        {
            string result;
            if (blank)
            {
                result = string.Join("\n" + prefix, TextMethods.Lines(text + "\n", false));
            }
            else
            {
                var lines = TextMethods.Lines(text + "\n", false);
                result = string.Join('\n', lines.Select((line, i) => i == 0 || line.Length == 0 ? line : prefix + line));
            }

            return Operations.Bounded(first ? prefix + result : result);
        });
    }

    /// <summary>Text that is about to be cut into lines.</summary>
    private static string Lined(object? value) => value is Undefined undefined ? throw undefined.Error()
        : Operations.AsText(value) ?? throw new TemplateRenderException("AttributeError", $"'{Operations.TypeName(value)}' object has no attribute 'splitlines'");

    private static object? Truncate(object? value, Arguments arguments)
    {
        var bound = arguments.Bind("do_truncate", 0, "length", "killwords", "end", "leeway");
        var length = Operations.Index(Arguments.Or(bound[0], 255L));
        var end = Operations.Text(Arguments.Or(bound[2], "..."));
        var leeway = Arguments.Or(bound[3], null) is { } given ? Operations.Index(given) : 5;
        var endLength = TextMethods.Length(end);
        if (length < endLength)
            throw new TemplateRenderException("AssertionError", $"expected length >= {endLength}, got {length}");
        if (leeway < 0)
            throw new TemplateRenderException("AssertionError", $"expected leeway >= 0, got {leeway}");
        if (Operations.Length(value) <= (long)length + leeway)
            return value;
        var text = Operations.AsText(value) ?? throw TemplateRenderException.Type($"can only concatenate {Operations.TypeName(value)} (not \"str\") to {Operations.TypeName(value)}");
        if (TextMethods.Length(text) <= (long)length + leeway)
            return text;
        var cut = text[..TextMethods.Units(text, length - endLength)];
        if (Operations.IsTrue(Arguments.Or(bound[1], false)))
            return cut + end;
        var space = cut.LastIndexOf(' ');
        return (space < 0 ? cut : cut[..space]) + end;
    }

    private static string WordWrap(string text, Arguments arguments)
    {
        var bound = arguments.Bind("do_wordwrap", 0, "width", "break_long_words", "wrapstring", "break_on_hyphens");
        var width = Math.Max(1, Operations.Index(Arguments.Or(bound[0], 79L)));
        var breaks = Operations.IsTrue(Arguments.Or(bound[1], true));
        var mark = Arguments.Or(bound[2], null) is { } given ? Operations.Text(given) : "\n";
        return string.Join(mark, TextMethods.Lines(text, false).Select(line => string.Join(mark, Wrapped(line, width, breaks))));
    }

    private static IEnumerable<string> Wrapped(string line, int width, bool breaks)
    {
        var lines = new List<string>();
        var (current, filled) = ("", 0);
        foreach (var chunk in Chunk().Matches(line).Select(match => match.Value))
        {
            var rest = chunk;
            if (current.Length == 0 && lines.Count > 0 && string.IsNullOrWhiteSpace(rest))
                continue;
            var length = TextMethods.Length(rest);
            while (filled + length > width)
            {
                // Python drops the space at the end of a line, unless it wanted to put the beginning of a long word there and none fitted.
                var keepsSpace = false;
                if (length > width && breaks)
                {
                    keepsSpace = filled == width;
                    var units = TextMethods.Units(rest, width - filled);
                    current += rest[..units];
                    rest = rest[units..];
                    length -= width - filled;
                }
                else if (current.Length == 0)
                {
                    break;
                }

                lines.Add(keepsSpace ? current : current.TrimEnd());
                (current, filled) = ("", 0);
                if (string.IsNullOrWhiteSpace(rest))
                    (rest, length) = ("", 0);
            }

            current += rest;
            filled += length;
        }

        if (current.TrimEnd().Length > 0)
            lines.Add(current.TrimEnd());
        return lines;
    }

    private static string UrlEncode(object? value)
    {
        if (value is string or Markup || Operations.Items(value) is null)
            return Quote(Operations.Text(value), "/");
        var pairs = value is PythonDict dict ? dict.Pairs : Operations.Items(value)!;
        return string.Join('&', pairs.Select(pair => Operations.Items(pair) is [var key, var item]
            ? Quote(Operations.Text(key), "").Replace("%20", "+", StringComparison.Ordinal) + "=" + Quote(Operations.Text(item), "").Replace("%20", "+", StringComparison.Ordinal)
            : throw TemplateRenderException.Value("not enough values to unpack (expected 2, got 1)")));
    }

    private static string Quote(string text, string safe)
    {
        var result = new StringBuilder();
        foreach (var b in Encoding.UTF8.GetBytes(text))
        {
            var c = (char)b;
            if (char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-' or '~' || safe.Contains(c, StringComparison.Ordinal))
                result.Append(c);
            else
                result.Append('%').Append(b.ToString("X2", CultureInfo.InvariantCulture));
        }

        return result.ToString();
    }

    private static string XmlAttributes(object? value, Arguments arguments)
    {
        var space = Operations.IsTrue(Arguments.Or(arguments.Bind("do_xmlattr", 0, "autospace")[0], true));
        var dict = value as PythonDict ?? throw new TemplateRenderException("AttributeError", $"'{Operations.TypeName(value)}' object has no attribute 'items'");
        var parts = new List<string>();
        foreach (var (key, item) in dict)
        {
            var name = Operations.Text(PythonKeys.Value(key));
            if (item is null or Undefined)
                continue;
            if (name.AsSpan().IndexOfAny(" \t\n\r\f/>=") >= 0)
                throw TemplateRenderException.Value($"Invalid character in attribute name: {Python.PythonText.Repr(name)}");
            parts.Add($"{Markup.EscapeText(name)}=\"{Markup.Escape(item).Text}\"");
        }

        var text = string.Join(' ', parts);
        return space && text.Length > 0 ? " " + text : text;
    }

    [GeneratedRegex("<.*?>", RegexOptions.Singleline | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Tag();

    [GeneratedRegex("<!--.*?-->", RegexOptions.Singleline | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Comment();

    [GeneratedRegex(@"\w+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Word();

    [GeneratedRegex(@"([-\s({\[<]+)", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex WordStart();

    [GeneratedRegex(@"\s+|[^\s-]*-+(?=\w)|\S+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Chunk();

    [GeneratedRegex(@"https?://[^\s<>&]+[^\s<>&.,:;!?)\]]", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex UrlPattern();
}
