using System.Globalization;
using System.Numerics;
using System.Text;
using Reeve.Core.Python;

namespace Reeve.Core.Templates.Values;

/// <summary>The two ways in which Python text takes in values: <c>'%05.1f' % x</c> and <c>'{:>5}'.format(x)</c>.</summary>
internal static class PythonFormat
{
    private static readonly CultureInfo C = CultureInfo.InvariantCulture;

    public static string Percent(string format, object? arguments)
    {
        var values = arguments is PythonTuple tuple ? tuple.Items : [arguments];
        var text = new StringBuilder();
        var next = 0;
        for (var i = 0; i < format.Length; i++)
        {
            if (format[i] != '%')
            {
                text.Append(format[i]);
                continue;
            }

            if (++i >= format.Length)
                throw TemplateRenderException.Value("incomplete format");
            object? value = null;
            var named = format[i] == '(';
            if (named)
            {
                var close = format.IndexOf(')', i);
                if (close < 0)
                    throw TemplateRenderException.Value("incomplete format key");
                var key = format[(i + 1)..close];
                if (arguments is not PythonDict dict)
                    throw TemplateRenderException.Type("format requires a mapping");
                if (!dict.TryGet(key, out value))
                    throw new TemplateRenderException("KeyError", key);
                i = close + 1;
                next = values.Count;
            }

            var spec = new FormatSpec { Align = '>' };
            for (; i < format.Length && "-+ #0".Contains(format[i], StringComparison.Ordinal); i++)
            {
                if (format[i] == '-')
                    spec.Align = '<';
                else if (format[i] == '0' && spec.Align != '<')
                    (spec.Fill, spec.Align) = ("0", '=');
                else if (format[i] is '+' or ' ')
                    spec.Sign = format[i];
            }

            spec.Width = Digits(format, ref i) ?? 0;
            if (i < format.Length && format[i] == '.')
            {
                i++;
                spec.Precision = Digits(format, ref i) ?? 0;
            }

            if (i >= format.Length)
                throw TemplateRenderException.Value("incomplete format");
            var type = format[i];
            if (type == '%')
            {
                text.Append('%');
                continue;
            }

            if (!named)
                value = next < values.Count ? values[next++] : throw TemplateRenderException.Type("not enough arguments for format string");
            text.Append(PercentValue(value, type, spec, i));
            Operations.Bounded(format.Length + text.Length > TemplateLimits.Characters ? text.ToString() : "");
        }

        if (next < values.Count && arguments is not PythonDict)
            throw TemplateRenderException.Type("not all arguments converted during string formatting");
        return text.ToString();
    }

    private static string PercentValue(object? value, char type, FormatSpec spec, int at)
    {
        switch (type)
        {
            case 's' or 'r' or 'a':
                var text = type == 's' ? Operations.Text(value) : Operations.Repr(value);
                if (spec.Precision is { } cut && cut < text.Length)
                    text = text[..cut];
                return Pad(text, spec with { Fill = " ", Align = spec.Align == '=' ? '>' : spec.Align });
            case 'd' or 'i' or 'u':
                if (value is Undefined u)
                    throw u.Error();
                if (!Operations.IsNumber(value))
                    throw TemplateRenderException.Type($"%{type} format: a real number is required, not {Operations.TypeName(value)}");
                return Number(value is double d ? PythonNumber.Normalize(new BigInteger(d)) : value!, spec with { Type = 'd' });
            case 'x' or 'X' or 'o':
                if (value is not (bool or long or BigInteger))
                    throw TemplateRenderException.Type($"%{type} format: an integer is required, not {Operations.TypeName(value)}");
                return Number(value, spec with { Type = type });
            case 'e' or 'E' or 'f' or 'F' or 'g' or 'G':
                if (!Operations.IsNumber(value))
                    throw TemplateRenderException.Type($"must be real number, not {Operations.TypeName(value)}");
                return Number(PythonNumber.ToDouble(value!), spec with { Type = type });
            case 'c':
                return Pad(value is long l ? char.ConvertFromUtf32((int)Math.Clamp(l, 0, 0xD7FF)) : Operations.Text(value), spec);
            default:
                throw TemplateRenderException.Value($"unsupported format character '{type}' (0x{(int)type:x}) at index {at}");
        }
    }

    private static int? Digits(string text, ref int i)
    {
        var start = i;
        while (i < text.Length && char.IsAsciiDigit(text[i]))
            i++;
        if (i == start)
            return null;
        return int.TryParse(text.AsSpan(start, i - start), NumberStyles.None, C, out var value) && value <= TemplateLimits.Characters
            ? value
            : throw TemplateRenderException.Value("Too many decimal digits in format string");
    }

    /// <summary><c>str.format</c>; fields may look into values as far as the sandbox allows.</summary>
    public static string Braces(string format, Arguments arguments)
    {
        var automatic = 0;
        return Braces(format, arguments, ref automatic, 2);
    }

    private static string Braces(string format, Arguments arguments, ref int automatic, int depth)
    {
        if (depth < 0)
            throw TemplateRenderException.Value("Max string recursion exceeded");
        var text = new StringBuilder();
        for (var i = 0; i < format.Length; i++)
        {
            var c = format[i];
            if (c is not ('{' or '}'))
            {
                text.Append(c);
                continue;
            }

            if (i + 1 < format.Length && format[i + 1] == c)
            {
                text.Append(c);
                i++;
                continue;
            }

            if (c == '}')
                throw TemplateRenderException.Value("Single '}' encountered in format string");
            var end = Close(format, i);
            text.Append(Field(format[(i + 1)..end], arguments, ref automatic, depth));
            if (text.Length > TemplateLimits.Characters)
                throw TemplateRenderException.Overflow("Text too long.");
            i = end;
        }

        return text.ToString();
    }

    private static int Close(string format, int open)
    {
        var depth = 0;
        for (var i = open; i < format.Length; i++)
        {
            depth += format[i] == '{' ? 1 : format[i] == '}' ? -1 : 0;
            if (depth == 0)
                return i;
        }

        throw TemplateRenderException.Value(open + 1 == format.Length ? "Single '{' encountered in format string" : "expected '}' before end of string");
    }

    private static string Field(string field, Arguments arguments, ref int automatic, int depth)
    {
        var colon = field.IndexOf(':', StringComparison.Ordinal);
        var spec = colon < 0 ? "" : field[(colon + 1)..];
        var name = colon < 0 ? field : field[..colon];
        var conversion = '\0';
        var bang = name.IndexOf('!', StringComparison.Ordinal);
        if (bang >= 0)
        {
            conversion = bang + 2 == name.Length ? name[^1] : throw TemplateRenderException.Value("expected ':' after conversion specifier");
            name = name[..bang];
        }

        var value = Lookup(name, arguments, ref automatic);
        if (conversion != '\0')
            value = conversion == 's' ? Operations.Text(value) : Operations.Repr(value);
        return Value(value, spec.Contains('{', StringComparison.Ordinal) ? Braces(spec, arguments, ref automatic, depth - 1) : spec);
    }

    private static object? Lookup(string name, Arguments arguments, ref int automatic)
    {
        var end = name.AsSpan().IndexOfAny('.', '[');
        var first = end < 0 ? name : name[..end];
        object? value;
        if (first.Length == 0 || int.TryParse(first, NumberStyles.None, C, out _))
        {
            // -1 stands for fields that are numbered by hand; the two ways do not mix.
            if (first.Length == 0 ? automatic < 0 : automatic > 0)
                throw TemplateRenderException.Value("cannot switch from manual field specification to automatic field numbering");
            var index = first.Length == 0 ? automatic++ : int.Parse(first, C);
            if (first.Length > 0)
                automatic = -1;
            value = index < arguments.Positional.Count ? arguments.Positional[index]
                : throw new TemplateRenderException("IndexError", $"Replacement index {index} out of range for positional args tuple");
        }
        else
        {
            var found = arguments.Keywords.Where(pair => pair.Name == first).ToList();
            value = found.Count > 0 ? found[0].Value : throw new TemplateRenderException("KeyError", first);
        }

        for (var i = end; i >= 0 && i < name.Length;)
        {
            if (name[i] == '.')
            {
                var stop = name.AsSpan(i + 1).IndexOfAny('.', '[');
                var attribute = stop < 0 ? name[(i + 1)..] : name.Substring(i + 1, stop);
                value = Members.Attribute(value, attribute);
                i = stop < 0 ? name.Length : i + 1 + stop;
            }
            else
            {
                var close = name.IndexOf(']', i);
                if (close < 0)
                    throw TemplateRenderException.Value("Missing ']' in format string");
                var key = name[(i + 1)..close];
                value = Members.Item(value, long.TryParse(key, NumberStyles.None, C, out var number) ? number : key);
                i = close + 1;
            }
        }

        return value;
    }

    /// <summary><c>format(value, spec)</c>.</summary>
    public static string Value(object? value, string spec)
    {
        if (value is DateTimeOffset or DateOnly && spec.Length > 0)
        {
            var isDate = value is DateOnly;
            return PythonDates.Format(value is DateOnly day ? new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero) : (DateTimeOffset)value, spec, isDate);
        }

        if (spec.Length == 0)
            return Operations.Text(value);
        var parsed = FormatSpec.Parse(spec);
        if (value is bool && parsed.Type == '\0')
            value = Operations.Plain(value);
        if (Operations.IsNumber(value))
            return Number(Operations.Plain(value!), parsed);
        if (value is not (string or Markup))
            throw TemplateRenderException.Type($"unsupported format string passed to {Operations.TypeName(value)}.__format__");
        if (parsed.Type is not ('\0' or 's'))
            throw TemplateRenderException.Value($"Unknown format code '{parsed.Type}' for object of type 'str'");
        var text = Operations.Text(value);
        if (parsed.Precision is { } cut && cut < text.Length)
            text = text[..cut];
        return Pad(text, parsed with { Align = parsed.Align == '\0' ? '<' : parsed.Align });
    }

    private static string Number(object value, FormatSpec spec)
    {
        value = Operations.Plain(value);
        var isFloat = value is double;
        if (!isFloat && spec.Type is 'e' or 'E' or 'f' or 'F' or 'g' or 'G' or '%')
            (value, isFloat) = (PythonNumber.ToDouble(value), true);
        string digits;
        bool negative;
        if (isFloat)
        {
            var number = (double)value;
            if (spec.Type is not ('\0' or 'e' or 'E' or 'f' or 'F' or 'g' or 'G' or '%' or 'n'))
                throw TemplateRenderException.Value($"Unknown format code '{spec.Type}' for object of type 'float'");
            negative = number < 0 || (number == 0 && double.IsNegative(number));
            digits = Float(Math.Abs(number), spec);
        }
        else
        {
            var number = PythonNumber.ToBig(value);
            negative = number.Sign < 0;
            digits = Integer(BigInteger.Abs(number), spec);
        }

        if (spec.Grouping is { } mark)
            digits = Group(digits, mark);
        var sign = negative ? "-" : spec.Sign is '+' or ' ' ? spec.Sign.ToString() : "";
        if (spec.Align == '=')
            return sign + digits.PadLeft(Math.Max(0, spec.Width - sign.Length), spec.Fill[0]);
        return Pad(sign + digits, spec with { Align = spec.Align == '\0' ? '>' : spec.Align });
    }

    private static string Integer(BigInteger value, FormatSpec spec)
    {
        switch (spec.Type)
        {
            case '\0' or 'd' or 'n': return value.ToString(C);
            case 'x' or 'X':
                var hex = value.ToString(spec.Type.ToString(), C).TrimStart('0');
                return (spec.Alternate ? "0" + spec.Type : "") + (hex.Length == 0 ? "0" : hex);
            case 'o' or 'b':
                var text = "";
                var radix = spec.Type == 'o' ? 8 : 2;
                for (; !value.IsZero; value /= radix)
                    text = (int)(value % radix) + text;
                return (spec.Alternate ? "0" + spec.Type : "") + (text.Length == 0 ? "0" : text);
            case 'c': return char.ConvertFromUtf32((int)BigInteger.Min(value, 0xD7FF));
            default: throw TemplateRenderException.Value($"Unknown format code '{spec.Type}' for object of type 'int'");
        }
    }

    private static string Float(double value, FormatSpec spec)
    {
        if (!double.IsFinite(value))
            return char.IsUpper(spec.Type) ? PythonText.Float(value).ToUpperInvariant() : PythonText.Float(value);
        var precision = Math.Min(spec.Precision ?? 6, 400);
        switch (spec.Type)
        {
            case 'f' or 'F': return value.ToString("F" + precision, C);
            case '%': return (value * 100).ToString("F" + precision, C) + "%";
            case 'e' or 'E': return Exponent(value, precision, spec.Type);
            case '\0' when spec.Precision is null: return PythonText.Float(value);
            default:
                precision = Math.Max(precision, 1);
                var exponent = value == 0 ? 0 : int.Parse(value.ToString("E" + (precision - 1), C).Split('E')[1], C);
                var general = exponent < -4 || exponent >= (spec.Type == '\0' ? Math.Min(precision, 16) : precision)
                    ? Exponent(value, precision - 1, spec.Type == 'G' ? 'E' : 'e')
                    : value.ToString("F" + Math.Max(0, precision - 1 - exponent), C);
                if (spec.Alternate)
                    return general;
                var mark = general.IndexOfAny(['e', 'E']);
                var (mantissa, tail) = mark < 0 ? (general, "") : (general[..mark], general[mark..]);
                if (mantissa.Contains('.', StringComparison.Ordinal))
                    mantissa = mantissa.TrimEnd('0').TrimEnd('.');
                return spec.Type == '\0' && mark < 0 && !mantissa.Contains('.', StringComparison.Ordinal) ? mantissa + ".0" : mantissa + tail;
        }
    }

    private static string Exponent(double value, int precision, char letter)
    {
        var parts = value.ToString("E" + precision, C).Split('E');
        var exponent = int.Parse(parts[1], C);
        return parts[0] + letter + (exponent < 0 ? '-' : '+') + Math.Abs(exponent).ToString("00", C);
    }

    private static string Group(string digits, char mark)
    {
        var end = digits.AsSpan().IndexOfAnyExceptInRange('0', '9');
        var whole = end < 0 ? digits : digits[..end];
        var text = new StringBuilder();
        for (var i = 0; i < whole.Length; i++)
        {
            if (i > 0 && (whole.Length - i) % 3 == 0)
                text.Append(mark);
            text.Append(whole[i]);
        }

        return text + digits[whole.Length..];
    }

    private static string Pad(string text, FormatSpec spec)
    {
        var missing = spec.Width - text.EnumerateRunes().Count();
        if (missing <= 0)
            return text;
        var left = spec.Align switch
        {
            '<' => 0,
            '^' => missing / 2,
            _ => missing,
        };
        return Fill(spec.Fill, left) + text + Fill(spec.Fill, missing - left);
    }

    private static string Fill(string fill, int count) => new StringBuilder().Insert(0, fill, count).ToString();
}
