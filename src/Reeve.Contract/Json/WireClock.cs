using System.Globalization;

namespace Reeve.Contract.Json;

/// <summary>The <c>10:00</c> and <c>10:00:00.123456</c> part that instants and durations share.</summary>
internal static class WireClock
{
    /// <summary>Reads a time of day (below 24 hours) from the front of the text and moves past it.</summary>
    public static bool TryParseTimeOfDay(ref ReadOnlySpan<char> text, out TimeSpan time)
        => TryParse(ref text, maxHours: 23, out time);

    /// <summary>Reads hours, minutes and optional seconds with up to nine fraction digits, of which six count.</summary>
    public static bool TryParse(ref ReadOnlySpan<char> text, int maxHours, out TimeSpan time)
    {
        time = default;
        if (!TryTwoDigits(text, 0, maxHours, out var hours) || text.Length < 5 || text[2] != ':' || !TryTwoDigits(text, 3, 59, out var minutes))
            return false;
        var seconds = 0;
        long microseconds = 0;
        text = text[5..];
        if (!text.IsEmpty && text[0] == ':')
        {
            if (!TryTwoDigits(text, 1, 59, out seconds))
                return false;
            text = text[3..];
            if (!text.IsEmpty && text[0] is '.' or ',')
            {
                var digits = 0;
                while (digits + 1 < text.Length && char.IsAsciiDigit(text[digits + 1]))
                    digits++;
                if (digits is 0 or > 9)
                    return false;
                microseconds = Microseconds(text.Slice(1, digits));
                text = text[(digits + 1)..];
            }
        }

        time = new TimeSpan(((((hours * 60L) + minutes) * 60) + seconds) * TimeSpan.TicksPerSecond + (microseconds * TimeSpan.TicksPerMicrosecond));
        return true;
    }

    private static long Microseconds(ReadOnlySpan<char> fraction)
    {
        var kept = fraction[..Math.Min(6, fraction.Length)];
        var value = long.Parse(kept, NumberStyles.None, CultureInfo.InvariantCulture);
        for (var i = kept.Length; i < 6; i++)
            value *= 10;
        return value;
    }

    private static bool TryTwoDigits(ReadOnlySpan<char> text, int at, int max, out int value)
    {
        value = 0;
        return text.Length >= at + 2
            && int.TryParse(text.Slice(at, 2), NumberStyles.None, CultureInfo.InvariantCulture, out value)
            && value <= max;
    }
}
