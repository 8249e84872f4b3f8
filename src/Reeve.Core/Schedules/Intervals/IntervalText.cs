using System.Globalization;

namespace Reeve.Core.Schedules.Intervals;

/// <summary>Reads the written forms of an interval.</summary>
internal static class IntervalText
{
    private const int MaxCount = 99_999_999;

    /// <summary>Reads an ISO 8601 duration such as <c>P1M</c> or <c>PT36H</c>, units in any case.</summary>
    public static bool TryIso(ReadOnlySpan<char> text, out int years, out int months, out int weeks, out int days, out long ticks, out bool negative)
    {
        (years, months, weeks, days, ticks) = (0, 0, 0, 0, 0);
        negative = text.StartsWith('-');
        if (negative || text.StartsWith('+'))
            text = text[1..];
        if (text.Length < 3 || (text[0] | 0x20) != 'p')
            return false;

        text = text[1..];
        const string dateUnits = "ymwd";
        const string timeUnits = "hms";
        bool inTime = false;
        int unit = 0;
        bool any = false;
        while (!text.IsEmpty)
        {
            if (!inTime && (text[0] | 0x20) == 't')
            {
                (inTime, unit, any) = (true, 0, false);
                text = text[1..];
                continue;
            }

            int length = text.IndexOfAnyExcept("0123456789.,");
            if (length <= 0)
                return false;
            int found = (inTime ? timeUnits : dateUnits).IndexOf((char)(text[length] | 0x20), unit);
            if (found < 0 || !TryAmount(text[..length], inTime && found == 2, out long amount))
                return false;

            unit = found + 1;
            any = true;
            if (inTime)
                ticks += found switch { 0 => amount * TimeSpan.TicksPerHour, 1 => amount * TimeSpan.TicksPerMinute, _ => amount };
            else if (found == 0)
                years = (int)amount;
            else if (found == 1)
                months = (int)amount;
            else if (found == 2)
                weeks = (int)amount;
            else
                days = (int)amount;
            text = text[(length + 1)..];
        }

        return any;
    }

    /// <summary>Reads <c>HH:MM[:SS[.f]]</c>, <c>N days</c> and <c>N days, HH:MM:SS</c>.</summary>
    public static bool TryClock(ReadOnlySpan<char> text, out long ticks)
    {
        ticks = 0;
        bool negative = text.StartsWith('-');
        if (negative || text.StartsWith('+'))
            text = text[1..];

        int digits = text.IndexOfAnyExcept("0123456789");
        if (digits <= 0)
            return false;
        if (text[digits] != ':')
        {
            if (!TryAmount(text[..digits], fraction: false, out long days))
                return false;
            text = text[digits..].TrimStart();
            int unit = text.StartsWith("days", StringComparison.OrdinalIgnoreCase) ? 4
                : text.StartsWith("day", StringComparison.OrdinalIgnoreCase) ? 3
                : text.StartsWith("d", StringComparison.OrdinalIgnoreCase) ? 1 : 0;
            if (unit == 0)
                return false;
            ticks = days * TimeSpan.TicksPerDay;
            text = text[unit..].TrimStart(", ");
        }

        if (!text.IsEmpty)
        {
            Span<Range> parts = stackalloc Range[4];
            int count = text.Split(parts, ':');
            long seconds = 0;
            if (count is < 2 or > 3
                || !TryAmount(text[parts[0]], fraction: false, out long hours)
                || !TryAmount(text[parts[1]], fraction: false, out long minutes)
                || (count == 3 && !TryAmount(text[parts[2]], fraction: true, out seconds))
                || minutes > 59 || seconds >= TimeSpan.TicksPerMinute)
                return false;
            ticks += (hours * TimeSpan.TicksPerHour) + (minutes * TimeSpan.TicksPerMinute) + seconds;
        }

        if (negative)
            ticks = -ticks;
        return true;
    }

    // A whole number as it is, or seconds with a fraction in ticks.
    private static bool TryAmount(ReadOnlySpan<char> text, bool fraction, out long amount)
    {
        amount = 0;
        int point = text.IndexOfAny('.', ',');
        if (point >= 0 && !fraction)
            return false;
        var whole = point < 0 ? text : text[..point];
        if (!long.TryParse(whole, NumberStyles.None, CultureInfo.InvariantCulture, out amount) || amount > MaxCount)
            return false;
        if (!fraction)
            return true;

        amount *= TimeSpan.TicksPerSecond;
        if (point < 0)
            return true;
        var digits = text[(point + 1)..];
        if (digits.IsEmpty || digits.ContainsAnyExcept("0123456789"))
            return false;
        long scale = TimeSpan.TicksPerSecond;
        foreach (char digit in digits[..Math.Min(digits.Length, 6)])
        {
            scale /= 10;
            amount += (digit - '0') * scale;
        }

        return true;
    }
}
