using System.Globalization;
using System.Text;

namespace Reeve.Settings.Values;

/// <summary>Durations as settings spell them.</summary>
public static class DurationText
{
    /// <summary>
    /// Reads ISO 8601 (<c>PT1H30M</c>, <c>P7D</c>) or clock text (<c>01:30:00</c>, <c>1 day 02:00:00</c>, <c>2 days</c>).
    /// Years count 365 days and months 30. A bare number is refused, because it has no unit.
    /// </summary>
    public static bool TryParse(string text, out TimeSpan value)
    {
        var rest = text.AsSpan().Trim();
        var negative = rest.StartsWith('-');
        if (negative || rest.StartsWith('+')) rest = rest[1..];
        double seconds;
        var read = rest.StartsWith('P') || rest.StartsWith('p') ? TryReadIso(rest[1..], out seconds) : TryReadClock(rest, out seconds);
        return TryFromSeconds(read ? negative ? -seconds : seconds : double.NaN, out value);
    }

    /// <summary>As <see cref="TryParse"/>, and a bare number counts seconds.</summary>
    public static bool TryParseWithSeconds(string text, out TimeSpan value) =>
        TryReadNumber(text.AsSpan().Trim(), out var seconds) ? TryFromSeconds(seconds, out value) : TryParse(text, out value);

    /// <summary>The duration as ISO 8601 with days as the largest unit: <c>P7D</c>, <c>PT1H</c>, <c>PT0S</c>, <c>-PT5.5S</c>.</summary>
    public static string ToIso(TimeSpan value)
    {
        if (value == TimeSpan.Zero) return "PT0S";
        var text = new StringBuilder();
        if (value < TimeSpan.Zero) text.Append('-');
        value = value.Duration();
        text.Append('P');
        if (value.Days > 0) text.Append(CultureInfo.InvariantCulture, $"{value.Days}D");
        var seconds = (value.Ticks % TimeSpan.TicksPerMinute) / (decimal)TimeSpan.TicksPerSecond;
        if (value.Hours == 0 && value.Minutes == 0 && seconds == 0) return text.ToString();
        text.Append('T');
        if (value.Hours > 0) text.Append(CultureInfo.InvariantCulture, $"{value.Hours}H");
        if (value.Minutes > 0) text.Append(CultureInfo.InvariantCulture, $"{value.Minutes}M");
        if (seconds > 0) text.Append(CultureInfo.InvariantCulture, $"{seconds:0.#######}S");
        return text.ToString();
    }

    private static bool TryReadIso(ReadOnlySpan<char> rest, out double seconds)
    {
        seconds = 0;
        var inTime = false;
        var parts = 0;
        while (!rest.IsEmpty)
        {
            if (rest[0] is 'T' or 't')
            {
                if (inTime || rest.Length == 1) return false;
                inTime = true;
                rest = rest[1..];
                continue;
            }

            var length = 0;
            while (length < rest.Length && (char.IsAsciiDigit(rest[length]) || rest[length] == '.')) length++;
            if (length == rest.Length || !TryReadNumber(rest[..length], out var number)) return false;
            double unit = (char.ToUpperInvariant(rest[length]), inTime) switch
            {
                ('Y', false) => 365 * 86400,
                ('M', false) => 30 * 86400,
                ('W', false) => 7 * 86400,
                ('D', false) => 86400,
                ('H', true) => 3600,
                ('M', true) => 60,
                ('S', true) => 1,
                _ => 0,
            };
            if (unit == 0) return false;
            seconds += number * unit;
            parts++;
            rest = rest[(length + 1)..];
        }

        return parts > 0;
    }

    private static bool TryReadClock(ReadOnlySpan<char> rest, out double seconds)
    {
        seconds = 0;
        var digits = 0;
        while (digits < rest.Length && char.IsAsciiDigit(rest[digits])) digits++;
        var unit = rest[digits..].TrimStart();
        if (digits > 0 && unit.StartsWith("d", StringComparison.OrdinalIgnoreCase))
        {
            if (!TryReadNumber(rest[..digits], out var days)) return false;
            seconds = days * 86400;
            var word = 0;
            while (word < unit.Length && char.IsAsciiLetter(unit[word])) word++;
            if (unit[..word].ToString().ToUpperInvariant() is not ("D" or "DAY" or "DAYS")) return false;
            rest = unit[word..].TrimStart(',').TrimStart();
            if (rest.IsEmpty) return true;
        }

        return TryReadHoursMinutesSeconds(rest, ref seconds);
    }

    private static bool TryReadHoursMinutesSeconds(ReadOnlySpan<char> rest, ref double seconds)
    {
        var first = rest.IndexOf(':');
        if (first <= 0) return false;
        var second = rest[(first + 1)..].IndexOf(':');
        var minutes = second < 0 ? rest[(first + 1)..] : rest.Slice(first + 1, second);
        if (!int.TryParse(rest[..first], NumberStyles.None, CultureInfo.InvariantCulture, out var hours)
            || !int.TryParse(minutes, NumberStyles.None, CultureInfo.InvariantCulture, out var minute)
            || minute > 59)
        {
            return false;
        }

        var last = 0.0;
        if (second >= 0 && (!TryReadNumber(rest[(first + second + 2)..], out last) || last >= 60)) return false;
        seconds += (hours * 3600.0) + (minute * 60) + last;
        return true;
    }

    private static bool TryReadNumber(ReadOnlySpan<char> text, out double number) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);

    private static bool TryFromSeconds(double seconds, out TimeSpan value)
    {
        value = default;
        // NaN fails the comparison as well.
        if (!(Math.Abs(seconds) < TimeSpan.MaxValue.TotalSeconds)) return false;
        value = TimeSpan.FromTicks((long)Math.Round(seconds * TimeSpan.TicksPerSecond));
        return true;
    }
}
