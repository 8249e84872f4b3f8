using System.Globalization;
using System.Numerics;
using System.Text;
using Reeve.Core.Python;
using Reeve.Core.Templates.Values;

namespace Reeve.Core.Templates.Filters;

/// <summary><c>tojson</c>: sorted keys, ASCII only, and safe within HTML.</summary>
internal static class JsonFilter
{
    public static object Apply(Interpreter interpreter, object? value, Arguments arguments)
    {
        var indent = Arguments.Or(arguments.Bind("tojson", 0, "indent")[0], null);
        var text = new StringBuilder();
        Write(text, value, indent is null ? null : indent as string ?? new string(' ', Math.Clamp(Operations.Index(indent), 0, 100)), 0);
        return new Markup(Operations.Bounded(text.ToString()));
    }

    private static void Write(StringBuilder text, object? value, string? indent, int depth)
    {
        if (depth > TemplateLimits.CallDepth)
            throw new TemplateRenderException("RecursionError", "maximum recursion depth exceeded while encoding a JSON object");
        if (text.Length > TemplateLimits.Characters)
            Operations.Bounded(text.ToString());
        switch (value)
        {
            case null: text.Append("null"); break;
            case bool b: text.Append(b ? "true" : "false"); break;
            case long or BigInteger: text.Append(Convert.ToString(value, CultureInfo.InvariantCulture)); break;
            case double d: text.Append(double.IsNaN(d) ? "NaN" : double.IsInfinity(d) ? (d > 0 ? "Infinity" : "-Infinity") : PythonText.Float(d)); break;
            case string s: WriteText(text, s); break;
            case Markup m: WriteText(text, m.Text); break;
            case List<object?> or PythonTuple:
                WriteItems(text, '[', ']', Operations.Items(value)!, indent, depth, item => Write(text, item, indent, depth + 1));
                break;
            case PythonDict dict:
                var pairs = dict.Select(pair => (Key: Key(PythonKeys.Value(pair.Key)), pair.Value)).OrderBy(pair => pair.Key, StringComparer.Ordinal).ToList();
                WriteItems(text, '{', '}', pairs, indent, depth, pair =>
                {
                    WriteText(text, pair.Key);
                    text.Append(": ");
                    Write(text, pair.Value, indent, depth + 1);
                });
                break;
            case ITemplateObject o when o.TryGetJson(out var tree):
                Write(text, TemplateValue.FromTree(tree), indent, depth);
                break;
            default:
                throw TemplateRenderException.Type($"Object of type {Operations.TypeName(value).Split('.')[^1]} is not JSON serializable");
        }
    }

    private static void WriteItems<T>(StringBuilder text, char open, char close, IReadOnlyList<T> items, string? indent, int depth, Action<T> write)
    {
        text.Append(open);
        for (var i = 0; i < items.Count; i++)
        {
            if (i > 0)
                text.Append(indent is null ? ", " : ",");
            NewLine(text, indent, depth + 1);
            write(items[i]);
        }

        if (items.Count > 0)
            NewLine(text, indent, depth);
        text.Append(close);
    }

    private static void NewLine(StringBuilder text, string? indent, int depth)
    {
        if (indent is null)
            return;
        text.Append('\n');
        for (var i = 0; i < depth; i++)
            text.Append(indent);
    }

    private static string Key(object? key) => key switch
    {
        null => "null",
        bool b => b ? "true" : "false",
        string or Markup or long or BigInteger or double => Operations.Text(key),
        _ => throw TemplateRenderException.Type($"keys must be str, int, float, bool or None, not {Operations.TypeName(key)}"),
    };

    private static void WriteText(StringBuilder text, string value)
    {
        text.Append('"');
        foreach (var c in value)
        {
            switch (c)
            {
                case '"': text.Append("\\\""); break;
                case '\\': text.Append("\\\\"); break;
                case '\n': text.Append("\\n"); break;
                case '\r': text.Append("\\r"); break;
                case '\t': text.Append("\\t"); break;
                case '\b': text.Append("\\b"); break;
                case '\f': text.Append("\\f"); break;
                case < ' ' or >= (char)0x7f or '<' or '>' or '&' or '\'':
                    if (c == 0x7f)
                        text.Append(c);
                    else
                        text.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
                    break;
                default: text.Append(c); break;
            }
        }

        text.Append('"');
    }
}
