using System.Globalization;

namespace Reeve.Core.Schedules;

/// <summary>Reads dates and times the way schedules write them: with an offset, without one, or as a plain date.</summary>
public static class IsoInstant
{
    /// <summary>
    /// Reads <c>YYYY-MM-DD[(T| )HH:MM[:SS[.f]][Z|±HH[:]MM]]</c>; digits past microseconds are cut.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="wall">The digits as written.</param>
    /// <param name="offset">The offset, or null when there is none.</param>
    public static bool TryParse(ReadOnlySpan<char> text, out DateTime wall, out TimeSpan? offset)
    {
        wall = default;
        offset = null;
        if (text.Length < 10 || text[4] != '-' || text[7] != '-')
            return false;
        if (!TryDigits(text[..4], out int year) || !TryDigits(text[5..7], out int month) || !TryDigits(text[8..10], out int day))
            return false;
        if (year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
            return false;

        wall = new DateTime(year, month, day);
        text = text[10..];
        if (text.IsEmpty)
            return true;
        if (text.Length < 6 || text[0] is not ('T' or 't' or ' ' or '_') || text[3] != ':')
            return false;
        if (!TryDigits(text[1..3], out int hour) || !TryDigits(text[4..6], out int minute) || hour > 23 || minute > 59)
            return false;

        long ticks = (hour * TimeSpan.TicksPerHour) + (minute * TimeSpan.TicksPerMinute);
        text = text[6..];
        if (text.StartsWith(':'))
        {
            if (text.Length < 3 || !TryDigits(text[1..3], out int second) || second > 59)
                return false;
            ticks += second * TimeSpan.TicksPerSecond;
            text = text[3..];
            if (text.StartsWith('.') || text.StartsWith(','))
            {
                int digits = text[1..].IndexOfAnyExcept("0123456789");
                digits = digits < 0 ? text.Length - 1 : digits;
                if (digits == 0)
                    return false;
                long scale = TimeSpan.TicksPerSecond;
                foreach (char digit in text.Slice(1, Math.Min(digits, 6)))
                    ticks += (digit - '0') * (scale /= 10);
                text = text[(digits + 1)..];
            }
        }

        wall = wall.AddTicks(ticks);
        return text.IsEmpty || TryOffset(text, out offset);
    }

    /// <summary>The instant of a text that carries an offset, or that a schedule gives one to.</summary>
    /// <param name="text">The text.</param>
    /// <param name="schedule">Whose rule for bounds without an offset applies.</param>
    /// <param name="instant">The instant.</param>
    public static bool TryParse(ReadOnlySpan<char> text, Schedule schedule, out DateTimeOffset instant)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        instant = default;
        if (!TryParse(text, out var wall, out var offset))
            return false;
        instant = offset is { } given ? new DateTimeOffset(wall, given) : schedule.ResolveNaive(wall);
        return true;
    }

    private static bool TryOffset(ReadOnlySpan<char> text, out TimeSpan? offset)
    {
        offset = null;
        if (text is "Z" or "z")
        {
            offset = TimeSpan.Zero;
            return true;
        }

        if (text.Length is not (3 or 5 or 6) || text[0] is not ('+' or '-') || (text.Length == 6 && text[3] != ':'))
            return false;
        int minute = 0;
        if (!TryDigits(text[1..3], out int hour) || (text.Length > 3 && !TryDigits(text[^2..], out minute)) || minute > 59 || hour > 14 || (hour == 14 && minute > 0))
            return false;
        var size = new TimeSpan(hour, minute, 0);
        offset = text[0] == '-' ? -size : size;
        return true;
    }

    private static bool TryDigits(ReadOnlySpan<char> text, out int value) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);
}
