using System.Globalization;
using System.Numerics;
using Reeve.Core.Python;
using Reeve.Core.Templates.Values;

namespace Reeve.Core.Templates.Filters;

/// <summary>Filters on numbers.</summary>
internal static class NumberFilters
{
    public static void AddTo(Dictionary<string, Filter> filters)
    {
        filters["abs"] = (_, value, _) => Abs(value);
        filters["int"] = (_, value, a) => ToInteger(value, a);
        filters["float"] = (_, value, a) => ToFloat(value, a);
        filters["round"] = (_, value, a) => Round(value, a);
        filters["filesizeformat"] = (_, value, a) => FileSize(value, Operations.IsTrue(Arguments.Or(a.Bind("do_filesizeformat", 0, "binary")[0], false)));
    }

    private static object Abs(object? value) => value switch
    {
        Undefined u => throw u.Error(),
        bool or long or BigInteger => PythonNumber.Normalize(BigInteger.Abs(PythonNumber.ToBig(value))),
        double d => Math.Abs(d),
        TimeSpan t => t.Duration(),
        _ => throw TemplateRenderException.Type($"bad operand type for abs(): '{Operations.TypeName(value)}'"),
    };

    private static object? ToInteger(object? value, Arguments arguments)
    {
        var bound = arguments.Bind("do_int", 0, "default", "base");
        var fallback = Arguments.Or(bound[0], 0L);
        switch (value)
        {
            case bool or long or BigInteger:
                return Operations.Plain(value);
            case double d:
                return double.IsFinite(d) ? PythonNumber.Normalize(new BigInteger(d)) : fallback;
            case Undefined undefined:
                throw undefined.Error();
            default:
                if (Operations.AsText(value) is not { } text)
                    return fallback;
                if (TryInteger(text, Operations.Index(Arguments.Or(bound[1], 10L)), out var number))
                    return PythonNumber.Normalize(number);
                return TextMethods.TryParseFloat(text, out var real) && double.IsFinite(real) ? PythonNumber.Normalize(new BigInteger(real)) : fallback;
        }
    }

    private static bool TryInteger(string text, int radix, out BigInteger value)
    {
        value = default;
        var plain = text.Trim().Replace("_", "", StringComparison.Ordinal).ToLowerInvariant();
        var negative = plain.StartsWith('-');
        plain = plain.TrimStart('+', '-');
        if ((radix == 16 && plain.StartsWith("0x", StringComparison.Ordinal)) || (radix == 8 && plain.StartsWith("0o", StringComparison.Ordinal)) || (radix == 2 && plain.StartsWith("0b", StringComparison.Ordinal)))
            plain = plain[2..];
        if (plain.Length is 0 or > 4300 || radix is < 2 or > 36)
            return false;
        foreach (var c in plain)
        {
            var digit = char.IsAsciiDigit(c) ? c - '0' : char.IsAsciiLetterLower(c) ? c - 'a' + 10 : 99;
            if (digit >= radix)
                return false;
            value = (value * radix) + digit;
        }

        if (negative)
            value = -value;
        return true;
    }

    private static object? ToFloat(object? value, Arguments arguments)
    {
        var fallback = Arguments.Or(arguments.Bind("do_float", 0, "default")[0], 0.0);
        if (value is Undefined undefined)
            throw undefined.Error();
        if (Operations.IsNumber(value))
            return PythonNumber.ToDouble(value!);
        return Operations.AsText(value) is { } text && TextMethods.TryParseFloat(text, out var number) ? number : fallback;
    }

    private static object? Round(object? value, Arguments arguments)
    {
        var bound = arguments.Bind("do_round", 0, "precision", "method");
        var precision = Math.Clamp(Operations.Index(Arguments.Or(bound[0], 0L)), -300, 300);
        var method = Operations.Text(Arguments.Or(bound[1], "common"));
        if (method is not ("common" or "ceil" or "floor"))
            throw TemplateRenderException.FilterArgument("method must be common, ceil or floor");
        if (value is Undefined u)
            throw u.Error();
        if (!Operations.IsNumber(value))
            throw TemplateRenderException.Type($"type {Operations.TypeName(value)} doesn't define __round__ method");
        if (method != "common")
        {
            var scale = Math.Pow(10, precision);
            var scaled = PythonNumber.ToDouble(value!) * scale;
            return (method == "ceil" ? Math.Ceiling(scaled) : Math.Floor(scaled)) / scale;
        }

        if (value is double d)
            return Round(d, precision);
        if (precision >= 0)
            return Operations.Plain(value!);
        return RoundToTens(PythonNumber.ToBig(value!), -precision);
    }

    /// <summary>Rounds to the nearest decimal, judged by the exact value of the float, halves to even.</summary>
    internal static double Round(double value, int digits)
    {
        if (!double.IsFinite(value) || value == 0)
            return value;
        if (digits >= 0)
            return double.Parse(value.ToString("F" + digits, CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) is var rounded && digits == 0
                ? Math.Round(value, MidpointRounding.ToEven)
                : Halves(value, digits, rounded);
        var scale = Math.Pow(10, -digits);
        return Math.Round(value / scale, MidpointRounding.ToEven) * scale;
    }

    // Only a float with few binary places can lie exactly between two decimals.
    private static double Halves(double value, int digits, double rounded)
    {
        if (digits > 15 || Math.Abs(value) > 1e12)
            return rounded;
        try
        {
            var exact = new decimal(value);
            return (double)exact == value && exact.Scale <= 16 && IsDyadic(value) ? (double)Math.Round(exact, digits, MidpointRounding.ToEven) : rounded;
        }
        catch (OverflowException)
        {
            return rounded;
        }
    }

    private static bool IsDyadic(double value) => value * 1024 == Math.Floor(value * 1024);

    private static object RoundToTens(BigInteger value, int zeros)
    {
        var unit = BigInteger.Pow(10, zeros);
        var floor = BigInteger.DivRem(value, unit, out var rest);
        if (rest.Sign < 0)
        {
            floor -= 1;
            rest += unit;
        }

        var twice = (rest * 2).CompareTo(unit);
        if (twice > 0 || (twice == 0 && !floor.IsEven))
            floor += 1;
        return PythonNumber.Normalize(floor * unit);
    }

    private static string FileSize(object? value, bool binary)
    {
        var bytes = value switch
        {
            Undefined undefined => throw undefined.Error(),
            _ when Operations.IsNumber(value) => PythonNumber.ToDouble(value!),
            _ when Operations.AsText(value) is { } text => TextMethods.TryParseFloat(text, out var number) ? number
                : throw TemplateRenderException.Value($"could not convert string to float: {PythonText.Repr(text)}"),
            _ => throw TemplateRenderException.Type($"float() argument must be a string or a real number, not '{Operations.TypeName(value)}'"),
        };
        var unit = binary ? 1024.0 : 1000.0;
        string[] names = binary ? ["KiB", "MiB", "GiB", "TiB", "PiB", "EiB", "ZiB", "YiB"] : ["kB", "MB", "GB", "TB", "PB", "EB", "ZB", "YB"];
        if (bytes == 1)
            return "1 Byte";
        if (bytes < unit)
            return bytes.ToString("F0", CultureInfo.InvariantCulture) + " Bytes";
        for (var i = 0; i < names.Length; i++)
        {
            if (bytes < Math.Pow(unit, i + 2) || i == names.Length - 1)
                return (bytes / Math.Pow(unit, i + 1)).ToString("F1", CultureInfo.InvariantCulture) + " " + names[i];
        }

        return "";
    }
}
