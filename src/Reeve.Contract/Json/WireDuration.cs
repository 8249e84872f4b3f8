using System.Globalization;

namespace Reeve.Contract.Json;

/// <summary>Durations as the wire has them: seconds as a number going out; a number, ISO 8601 or clock text coming in.</summary>
public static class WireDuration
{
    private const decimal MaxSeconds = 922_337_203_685m;

    /// <summary>Seconds, kept to the microsecond. False beyond about 29,000 years.</summary>
    public static bool TryFromSeconds(double seconds, out TimeSpan value)
    {
        value = default;
        if (!double.IsFinite(seconds) || Math.Abs(seconds) > (double)MaxSeconds)
            return false;
        var whole = Math.Truncate(seconds);
        var microseconds = (long)Math.Round((seconds - whole) * 1e6, MidpointRounding.ToEven);
        value = new TimeSpan(((long)whole * TimeSpan.TicksPerSecond) + (microseconds * TimeSpan.TicksPerMicrosecond));
        return true;
    }

    /// <summary>
    /// Reads <c>PT1H30M</c>, <c>P1DT2H</c>, <c>P2W</c>, <c>02:00:00.5</c>, <c>1 day 02:00:00</c>, <c>-1 days, 10:00</c>.
    /// A bare number is refused: in text its unit would be a guess.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<char> text, out TimeSpan value)
    {
        value = default;
        var negative = false;
        if (!text.IsEmpty && text[0] is '+' or '-')
        {
            negative = text[0] == '-';
            text = text[1..];
        }

        decimal seconds;
        if (!text.IsEmpty && text[0] is 'P' or 'p' ? !TryIso(text[1..], out seconds) : !TryClock(text, out seconds))
            return false;
        if (seconds > MaxSeconds)
            return false;
        var microseconds = (long)decimal.Truncate(seconds * 1_000_000m);
        value = new TimeSpan((negative ? -microseconds : microseconds) * TimeSpan.TicksPerMicrosecond);
        return true;
    }

    private static bool TryIso(ReadOnlySpan<char> text, out decimal seconds)
    {
        seconds = 0;
        var inTime = false;
        var any = false;
        while (!text.IsEmpty)
        {
            if (!inTime && text[0] is 'T' or 't')
            {
                inTime = true;
                text = text[1..];
                continue;
            }

            var digits = 0;
            while (digits < text.Length && (char.IsAsciiDigit(text[digits]) || text[digits] is '.' or ','))
                digits++;
            if (digits == 0 || digits > 18 || digits == text.Length || !TryNumber(text[..digits], out var number))
                return false;
            decimal? unit = (char.ToUpperInvariant(text[digits]), inTime) switch
            {
                ('Y', false) => 365 * 86400m,
                ('M', false) => 30 * 86400m,
                ('W', false) => 7 * 86400m,
                ('D', false) => 86400m,
                ('H', true) => 3600m,
                ('M', true) => 60m,
                ('S', true) => 1m,
                _ => null,
            };
            if (unit is null || number > MaxSeconds)
                return false;
            seconds += number * unit.Value;
            text = text[(digits + 1)..];
            any = true;
        }

        return any;
    }

    private static bool TryClock(ReadOnlySpan<char> text, out decimal seconds)
    {
        seconds = 0;
        var days = 0;
        while (days < text.Length && char.IsAsciiDigit(text[days]))
            days++;
        if (days is > 0 and < 10 && days < text.Length && text[days] != ':')
        {
            if (!TryNumber(text[..days], out var number))
                return false;
            seconds = number * 86400m;
            var rest = text[days..].TrimStart();
            var word = rest.StartsWith("days", StringComparison.OrdinalIgnoreCase) ? 4 : rest.StartsWith("day", StringComparison.OrdinalIgnoreCase) ? 3 : rest[..Math.Min(1, rest.Length)] is "d" or "D" ? 1 : 0;
            var named = word > 0;
            text = rest[word..].TrimStart();
            if (named && !text.IsEmpty && text[0] == ',')
                text = text[1..].TrimStart();
            if (text.IsEmpty)
                return named;
        }

        if (!WireClock.TryParse(ref text, maxHours: 23, out var time) || !text.IsEmpty)
            return false;
        seconds += (decimal)time.Ticks / TimeSpan.TicksPerSecond;
        return true;
    }

    private static bool TryNumber(ReadOnlySpan<char> text, out decimal number)
    {
        Span<char> copy = stackalloc char[text.Length];
        text.Replace(copy, ',', '.');
        return decimal.TryParse(copy, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number);
    }
}
