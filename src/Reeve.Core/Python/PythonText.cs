using System.Globalization;
using System.Numerics;
using System.Text;

namespace Reeve.Core.Python;

/// <summary>
/// Prints values as Python does. Messages of the schema validator and the output of templates are text that clients compare,
/// so <c>True</c>, <c>None</c>, <c>'quoted'</c> and <c>1e+16</c> have to come out exactly so.
/// </summary>
public static class PythonText
{
    /// <summary>The text of <c>repr(value)</c> for null, bool, integers, double, string, lists, maps and <see cref="IPythonObject"/>.</summary>
    public static string Repr(object? value)
    {
        var text = new StringBuilder();
        AppendRepr(text, value);
        return text.ToString();
    }

    /// <summary>The text of <c>str(value)</c>: as <see cref="Repr"/>, but strings stand without quotes.</summary>
    public static string Str(object? value) => value switch
    {
        string s => s,
        IPythonObject o => o.Str(),
        _ => Repr(value),
    };

    public static void AppendRepr(StringBuilder text, object? value)
    {
        switch (value)
        {
            case null: text.Append("None"); break;
            case bool b: text.Append(b ? "True" : "False"); break;
            case string s: AppendString(text, s); break;
            case long l: text.Append(l.ToString(CultureInfo.InvariantCulture)); break;
            case BigInteger big: text.Append(big.ToString(CultureInfo.InvariantCulture)); break;
            case double d: text.Append(Float(d)); break;
            case IPythonObject o: text.Append(o.Repr()); break;
            case IEnumerable<KeyValuePair<string, object?>> map: AppendMap(text, map); break;
            case IEnumerable<KeyValuePair<object, object?>> map: AppendMap(text, map); break;
            case IEnumerable<object?> list: AppendSequence(text, list, '[', ']'); break;
            default: text.Append(Convert.ToString(value, CultureInfo.InvariantCulture)); break;
        }
    }

    public static void AppendSequence(StringBuilder text, IEnumerable<object?> items, char open, char close)
    {
        text.Append(open);
        var first = true;
        foreach (var item in items)
        {
            if (!first)
                text.Append(", ");
            first = false;
            AppendRepr(text, item);
        }

        text.Append(close);
    }

    private static void AppendMap<TKey>(StringBuilder text, IEnumerable<KeyValuePair<TKey, object?>> map)
    {
        text.Append('{');
        var first = true;
        foreach (var (key, item) in map)
        {
            if (!first)
                text.Append(", ");
            first = false;
            AppendRepr(text, key);
            text.Append(": ");
            AppendRepr(text, item);
        }

        text.Append('}');
    }

    /// <summary>The shortest text that reads back as the same number, laid out as Python lays it out.</summary>
    public static string Float(double value)
    {
        if (double.IsNaN(value))
            return "nan";
        if (double.IsInfinity(value))
            return value > 0 ? "inf" : "-inf";

        var raw = value.ToString("E16", CultureInfo.InvariantCulture);
        var shortest = value.ToString("R", CultureInfo.InvariantCulture);
        var negative = raw[0] == '-';
        var (digits, exponent) = Digits(shortest);
        string body;
        if (exponent is < -4 or >= 16)
        {
            var mantissa = digits.Length == 1 ? digits : digits[0] + "." + digits[1..];
            var sign = exponent < 0 ? '-' : '+';
            body = mantissa + "e" + sign + Math.Abs(exponent).ToString("00", CultureInfo.InvariantCulture);
        }
        else if (exponent < 0)
        {
            body = "0." + new string('0', -exponent - 1) + digits;
        }
        else if (digits.Length <= exponent + 1)
        {
            body = digits.PadRight(exponent + 1, '0') + ".0";
        }
        else
        {
            body = digits[..(exponent + 1)] + "." + digits[(exponent + 1)..];
        }

        return negative ? "-" + body : body;
    }

    // Significant digits without leading or trailing zeros, and the decimal exponent of the first of them.
    private static (string Digits, int Exponent) Digits(string text)
    {
        var exponent = 0;
        var mark = text.IndexOf('E', StringComparison.Ordinal);
        if (mark >= 0)
        {
            exponent = int.Parse(text.AsSpan(mark + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
            text = text[..mark];
        }

        text = text.TrimStart('-');
        var point = text.IndexOf('.', StringComparison.Ordinal);
        var whole = point < 0 ? text : text[..point];
        var digits = point < 0 ? text : whole + text[(point + 1)..];
        exponent += whole.Length - 1;
        var trimmed = digits.TrimStart('0');
        exponent -= digits.Length - trimmed.Length;
        trimmed = trimmed.TrimEnd('0');
        return trimmed.Length == 0 ? ("0", 0) : (trimmed, exponent);
    }

    private static void AppendString(StringBuilder text, string value)
    {
        var quote = value.Contains('\'', StringComparison.Ordinal) && !value.Contains('"', StringComparison.Ordinal) ? '"' : '\'';
        text.Append(quote);
        for (var i = 0; i < value.Length; i++)
        {
            var c = value[i];
            switch (c)
            {
                case '\\': text.Append("\\\\"); break;
                case '\n': text.Append("\\n"); break;
                case '\r': text.Append("\\r"); break;
                case '\t': text.Append("\\t"); break;
                case >= ' ' and < (char)0x7f:
                    if (c == quote)
                        text.Append('\\');
                    text.Append(c);
                    break;
                default:
                    if (char.IsHighSurrogate(c) && i + 1 < value.Length && char.IsLowSurrogate(value[i + 1]))
                    {
                        AppendCodePoint(text, char.ConvertToUtf32(c, value[i + 1]), CharUnicodeInfo.GetUnicodeCategory(value, i));
                        i++;
                    }
                    else
                    {
                        AppendCodePoint(text, c, char.GetUnicodeCategory(c));
                    }

                    break;
            }
        }

        text.Append(quote);
    }

    private static void AppendCodePoint(StringBuilder text, int point, UnicodeCategory category)
    {
        var printable = category is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate
            or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator
            or UnicodeCategory.ParagraphSeparator or UnicodeCategory.SpaceSeparator);
        if (printable)
            text.Append(char.ConvertFromUtf32(point));
        else if (point < 0x100)
            text.Append("\\x").Append(point.ToString("x2", CultureInfo.InvariantCulture));
        else if (point < 0x10000)
            text.Append("\\u").Append(point.ToString("x4", CultureInfo.InvariantCulture));
        else
            text.Append("\\U").Append(point.ToString("x8", CultureInfo.InvariantCulture));
    }
}
