using System.Globalization;

namespace Reeve.Core.Schedules.Recurrence;

/// <summary>A date and time as rules write them. The digits are wall time; of an offset only its presence matters.</summary>
internal readonly record struct RecurrenceDate(long WallSeconds, bool HasOffset)
{
    /// <summary>Reads <c>YYYYMMDD[THHMM[SS]]</c> and the dashed ISO forms, with an optional <c>Z</c> or offset; fractions of seconds are dropped.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out RecurrenceDate date)
    {
        date = default;
        if (text.Length > 4 && text[4] == '-')
        {
            if (!IsoInstant.TryParse(text, out var wall, out var offset))
                return false;
            date = new RecurrenceDate(wall.Ticks / TimeSpan.TicksPerSecond, offset is not null);
            return true;
        }

        if (text.Length < 8 || !TryDigits(text[..4], out int year) || !TryDigits(text[4..6], out int month) || !TryDigits(text[6..8], out int day))
            return false;
        if (year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
            return false;

        text = text[8..];
        if (text.StartsWith('T') || text.StartsWith('t'))
            text = text[1..];
        int hour = 0;
        int minute = 0;
        int second = 0;
        if (text.Length >= 4 && char.IsAsciiDigit(text[0]))
        {
            if (!TryDigits(text[..2], out hour) || !TryDigits(text[2..4], out minute) || hour > 23 || minute > 59)
                return false;
            text = text[4..];
            if (text.Length >= 2 && char.IsAsciiDigit(text[0]))
            {
                if (!TryDigits(text[..2], out second) || second > 59)
                    return false;
                text = text[2..];
                if (text.StartsWith('.'))
                    text = text[1..].TrimStart("0123456789");
            }
        }

        if (!text.IsEmpty && !IsOffset(text))
            return false;
        long days = new DateTime(year, month, day).Ticks / TimeSpan.TicksPerDay;
        date = new RecurrenceDate((days * 86400) + (hour * 3600) + (minute * 60) + second, !text.IsEmpty);
        return true;
    }

    private static bool IsOffset(ReadOnlySpan<char> text) =>
        text is "Z" or "z" or "UTC" or "GMT"
        || (text[0] is '+' or '-' && text.Length is 3 or 5 or 6 && !text[1..].ContainsAnyExcept("0123456789:"));

    private static bool TryDigits(ReadOnlySpan<char> text, out int value) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);
}
