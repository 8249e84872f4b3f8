using System.Globalization;
using System.Numerics;
using Reeve.Core.Python;
using Reeve.Core.Templates.Values;

namespace Reeve.Core.Templates.Filters;

/// <summary>Filters that put numbers, sizes, dates and durations into words; names begin with <c>humanize_</c>.</summary>
internal static class HumanizeFilters
{
    private static readonly CultureInfo C = CultureInfo.InvariantCulture;
    private static readonly string[] Small = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
    private static readonly string[] Powers = ["thousand", "million", "billion", "trillion", "quadrillion", "quintillion", "sextillion", "septillion", "octillion", "nonillion", "decillion"];

    public static void AddTo(Dictionary<string, Filter> filters)
    {
        filters["humanize_naturaltime"] = NaturalTime;
        filters["humanize_naturaldelta"] = (_, value, _) => NaturalDelta(value);
        filters["humanize_precisedelta"] = (_, value, a) => PreciseDelta(value, a);
        filters["humanize_naturalday"] = (interpreter, value, a) => NaturalDay(interpreter, value, Operations.Text(Arguments.Or(a.Bind("naturalday", 0, "format")[0], "%b %d")));
        filters["humanize_naturaldate"] = (interpreter, value, _) => Day(value) is { } day
            ? NaturalDay(interpreter, value, Math.Abs(day.DayNumber - Today(interpreter).DayNumber) >= 5 * 365 / 12.0 ? "%b %d %Y" : "%b %d")
            : Operations.Text(value);
        filters["humanize_abs_timedelta"] = (_, value, _) => Span(value)?.Duration() ?? value;
        filters["humanize_naturalsize"] = (_, value, a) => NaturalSize(value, a);
        filters["humanize_intcomma"] = (_, value, a) => IntComma(value, a);
        filters["humanize_intword"] = (_, value, a) => IntWord(value, a);
        filters["humanize_ordinal"] = (_, value, _) => Whole(value) is { } number ? Ordinal(number) : Operations.Text(value);
        filters["humanize_apnumber"] = (_, value, _) => Whole(value) is { } number ? (number >= 0 && number < 10 ? Small[(int)number] : number.ToString(C)) : Operations.Text(value);
        filters["humanize_fractional"] = (_, value, _) => Fractional(value);
        filters["humanize_scientific"] = (_, value, a) => Scientific(value, a);
        filters["humanize_clamp"] = (_, value, a) => Clamp(value, a);
    }

    private static double? Real(object? value) =>
        Operations.IsNumber(value) ? PythonNumber.ToDouble(value!)
        : Operations.AsText(value) is { } text && TextMethods.TryParseFloat(text.Replace(",", "", StringComparison.Ordinal), out var number) ? number : null;

    private static BigInteger? Whole(object? value) => value switch
    {
        bool or long or BigInteger => PythonNumber.ToBig(value),
        double d when double.IsFinite(d) => new BigInteger(d),
        _ => Operations.AsText(value) is { } text && BigInteger.TryParse(text.Trim(), NumberStyles.AllowLeadingSign, C, out var number) ? number : null,
    };

    private static TimeSpan? Span(object? value)
    {
        if (value is TimeSpan span)
            return span;
        if (value is not (DateTimeOffset or DateOnly) && Whole(value) is { } seconds && BigInteger.Abs(seconds) < 86_400_000_000_000)
            return new TimeSpan((long)BigInteger.Min(BigInteger.Abs(seconds), 900_000_000_000) * TimeSpan.TicksPerSecond * (seconds.Sign < 0 ? -1 : 1));
        return null;
    }

    private static DateOnly? Day(object? value) => value switch
    {
        DateOnly day => day,
        DateTimeOffset instant => DateOnly.FromDateTime(instant.DateTime),
        _ => null,
    };

    private static DateOnly Today(Interpreter interpreter) => DateOnly.FromDateTime(interpreter.Clock.GetUtcNow().UtcDateTime);

    private static string NaturalDay(Interpreter interpreter, object? value, string format)
    {
        if (Day(value) is not { } day)
            return Operations.Text(value);
        return (day.DayNumber - Today(interpreter).DayNumber) switch
        {
            0 => "today",
            1 => "tomorrow",
            -1 => "yesterday",
            _ => PythonDates.Format(new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero), format, isDate: true),
        };
    }

    private static object NaturalTime(Interpreter interpreter, object? value, Arguments arguments)
    {
        var bound = arguments.Bind("naturaltime", 0, "future", "months", "minimum_unit", "when");
        var future = Operations.IsTrue(Arguments.Or(bound[0], false));
        TimeSpan delta;
        if (value is DateTimeOffset instant)
        {
            var now = Arguments.Or(bound[3], null) as DateTimeOffset? ?? interpreter.Clock.GetUtcNow();
            delta = now - instant;
            future = delta < TimeSpan.Zero;
        }
        else if (Span(value) is { } span)
        {
            delta = span;
            future = value is TimeSpan ? span < TimeSpan.Zero : future;
        }
        else
        {
            return Operations.Text(value);
        }

        var text = Words(delta.Duration());
        return text == "a moment" ? "now" : text + (future ? " from now" : " ago");
    }

    private static string NaturalDelta(object? value) => Span(value) is { } span ? Words(span.Duration()) : Operations.Text(value);

    private static string Words(TimeSpan delta)
    {
        var years = delta.Days / 365;
        var days = delta.Days % 365;
        var months = (int)Math.Floor(days / 30.5);
        var seconds = (delta.Hours * 3600) + (delta.Minutes * 60) + delta.Seconds;
        if (years == 0 && days < 1)
        {
            return seconds switch
            {
                0 => "a moment",
                1 => "a second",
                < 60 => Count(seconds, "second"),
                < 120 => "a minute",
                < 3600 => Count(seconds / 60, "minute"),
                < 7200 => "an hour",
                _ => Count(seconds / 3600, "hour"),
            };
        }

        if (years == 0)
            return days == 1 ? "a day" : months == 0 ? Count(days, "day") : months == 1 ? "a month" : Count(months, "month");
        if (years > 1)
            return Comma(years.ToString(C)) + " years";
        if (months == 0)
            return days == 0 ? "a year" : "1 year, " + Count(days, "day");
        return "1 year, " + Count(months, "month");
    }

    private static string Count(long count, string unit) => string.Create(C, $"{count} {unit}{(count == 1 ? "" : "s")}");

    private static string PreciseDelta(object? value, Arguments arguments)
    {
        var bound = arguments.Bind("precisedelta", 0, "minimum_unit", "suppress", "format");
        if (Span(value) is not { } span)
            return Operations.Text(value);
        string[] units = ["years", "months", "days", "hours", "minutes", "seconds"];
        double[] sizes = [365 * 86400.0, 30.5 * 86400, 86400, 3600, 60, 1];
        var least = Array.IndexOf(units, Operations.Text(Arguments.Or(bound[0], "seconds")));
        var suppressed = Operations.Items(Arguments.Or(bound[1], null))?.Select(Operations.Text).ToList() ?? [];
        var format = Operations.Text(Arguments.Or(bound[2], "%0.2f"));
        if (least < 0)
            least = units.Length - 1;
        var rest = span.Duration().Ticks / (double)TimeSpan.TicksPerSecond;
        var parts = new List<string>();
        for (var i = 0; i <= least; i++)
        {
            if (suppressed.Contains(units[i]))
                continue;
            var last = i == least;
            var amount = last ? rest / sizes[i] : Math.Floor(rest / sizes[i]);
            rest -= amount * sizes[i];
            if (amount <= 0 && !(last && parts.Count == 0))
                continue;
            var shown = amount == Math.Floor(amount) ? ((long)amount).ToString(C) : PythonFormat.Percent(format, amount);
            var unit = units[i];
            parts.Add(shown + " " + (amount == 1 ? unit[..^1] : unit));
        }

        return parts.Count <= 1 ? parts.FirstOrDefault("") : string.Join(", ", parts.Take(parts.Count - 1)) + " and " + parts[^1];
    }

    private static string NaturalSize(object? value, Arguments arguments)
    {
        var bound = arguments.Bind("naturalsize", 0, "binary", "gnu", "format");
        if (Real(value) is not { } bytes)
            return Operations.Text(value);
        var gnu = Operations.IsTrue(Arguments.Or(bound[1], false));
        var binary = gnu || Operations.IsTrue(Arguments.Or(bound[0], false));
        var format = Operations.Text(Arguments.Or(bound[2], "%.1f"));
        string[] names = gnu ? ["K", "M", "G", "T", "P", "E", "Z", "Y", "R", "Q"]
            : binary ? [" KiB", " MiB", " GiB", " TiB", " PiB", " EiB", " ZiB", " YiB", " RiB", " QiB"]
            : [" kB", " MB", " GB", " TB", " PB", " EB", " ZB", " YB", " RB", " QB"];
        var unit = binary ? 1024.0 : 1000.0;
        var size = Math.Abs(bytes);
        if (size == 1 && !gnu)
            return bytes.ToString("F0", C) + " Byte";
        if (size < unit)
            return Math.Truncate(bytes).ToString("F0", C) + (gnu ? "B" : " Bytes");
        var power = 1;
        while (power < names.Length && size >= Math.Pow(unit, power + 1))
            power++;
        return PythonFormat.Percent(format, bytes / Math.Pow(unit, power)) + names[power - 1];
    }

    private static string IntComma(object? value, Arguments arguments)
    {
        var digits = Arguments.Or(arguments.Bind("intcomma", 0, "ndigits")[0], null);
        if (value is not (string or Markup) && !Operations.IsNumber(value))
            return Operations.Text(value);
        var text = Operations.Text(value).Replace(",", "", StringComparison.Ordinal);
        if (Real(text) is not { } number)
            return Operations.Text(value);
        if (digits is not null)
            text = number.ToString("F" + Math.Clamp(Operations.Index(digits), 0, 100), C);
        return Comma(text);
    }

    private static string Comma(string text)
    {
        var start = text.StartsWith('-') ? 1 : 0;
        var end = text.AsSpan(start).IndexOfAnyExceptInRange('0', '9');
        end = end < 0 ? text.Length : end + start;
        for (var i = end - 3; i > start; i -= 3)
            text = text.Insert(i, ",");
        return text;
    }

    private static string IntWord(object? value, Arguments arguments)
    {
        var format = Operations.Text(Arguments.Or(arguments.Bind("intword", 0, "format")[0], "%.1f"));
        if (Whole(value) is not { } number)
            return Operations.Text(value);
        var size = (double)BigInteger.Abs(number);
        if (size < 1000)
            return number.ToString(C);
        var power = 0;
        while (power + 1 < Powers.Length && size >= Math.Pow(1000, power + 2))
            power++;
        var shown = PythonFormat.Percent(format, size / Math.Pow(1000, power + 1));
        if (power + 1 < Powers.Length && Real(shown) == 1000)
            shown = PythonFormat.Percent(format, size / Math.Pow(1000, ++power + 1));
        return (number.Sign < 0 ? "-" : "") + shown + " " + Powers[power];
    }

    private static string Ordinal(BigInteger number)
    {
        var size = BigInteger.Abs(number);
        var suffix = size % 100 >= 11 && size % 100 <= 13 ? "th" : (int)(size % 10) switch
        {
            1 => "st",
            2 => "nd",
            3 => "rd",
            _ => "th",
        };
        return number.ToString(C) + suffix;
    }

    private static string Fractional(object? value)
    {
        if (Real(value) is not { } number || !double.IsFinite(number) || Math.Abs(number) > 1e12)
            return Operations.Text(value);
        var whole = Math.Truncate(number);
        var rest = Math.Abs(number - whole);
        var (top, bottom, error) = (0, 1, rest);
        for (var d = 1; d <= 1000 && error > 0; d++)
        {
            var n = (int)Math.Round(rest * d);
            if (Math.Abs(rest - (n / (double)d)) < error - 1e-15)
                (top, bottom, error) = (n, d, Math.Abs(rest - (n / (double)d)));
        }

        if (top == bottom)
            return (whole + Math.Sign(number)).ToString("F0", C);
        if (top == 0)
            return whole.ToString("F0", C);
        return whole == 0
            ? string.Create(C, $"{(number < 0 ? "-" : "")}{top}/{bottom}")
            : string.Create(C, $"{whole:F0} {top}/{bottom}");
    }

    private static string Scientific(object? value, Arguments arguments)
    {
        var precision = Math.Clamp(Operations.Index(Arguments.Or(arguments.Bind("scientific", 0, "precision")[0], 2L)), 0, 50);
        if (Real(value) is not { } number || !double.IsFinite(number))
            return Operations.Text(value);
        var parts = number.ToString("E" + precision, C).Split('E');
        var exponent = int.Parse(parts[1], C).ToString(C).Select(c => c == '-' ? '⁻' : "⁰¹²³⁴⁵⁶⁷⁸⁹"[c - '0']);
        return parts[0] + " x 10" + string.Concat(exponent);
    }

    private static object Clamp(object? value, Arguments arguments)
    {
        var bound = arguments.Bind("clamp", 0, "format", "floor", "ceil", "floor_token", "ceil_token");
        if (Real(value) is not { } number)
            return Operations.Text(value);
        var token = "";
        if (Real(Arguments.Or(bound[1], null)) is { } floor && number < floor)
            (number, token) = (floor, Operations.Text(Arguments.Or(bound[3], "<")));
        else if (Real(Arguments.Or(bound[2], null)) is { } ceiling && number > ceiling)
            (number, token) = (ceiling, Operations.Text(Arguments.Or(bound[4], ">")));
        var format = Operations.Text(Arguments.Or(bound[0], "{:}"));
        object shown = double.IsInteger(number) && value is not double ? (long)number : number;
        return token + PythonFormat.Braces(format, new Arguments([shown], []));
    }
}
