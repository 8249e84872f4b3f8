using System.Globalization;

namespace Reeve.Contract.Json;

/// <summary>Instants as the wire has them: RFC 3339 text, a date, or Unix seconds or milliseconds.</summary>
public static class WireInstant
{
    // Larger magnitudes are milliseconds, smaller ones seconds: the same watershed the Python clients' library draws (2e10).
    private const double SecondsLimit = 2e10;

    /// <summary>The longest text <see cref="Format"/> produces, in characters.</summary>
    internal const int MaxLength = 32;

    /// <summary>
    /// Reads <c>2026-11-23T10:00:00.123456+02:00</c> and its shorter forms: space or <c>t</c> or <c>_</c> between date and time, no seconds,
    /// up to nine fraction digits (cut to six), an offset of <c>Z</c>, <c>+02:00</c>, <c>+0200</c> or <c>+02</c>, none (UTC), a date only,
    /// or a number. The offset is kept.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<char> text, out DateTimeOffset value)
    {
        value = default;
        if (TryParseDate(text, out var date))
        {
            var rest = text[10..];
            if (rest.IsEmpty)
            {
                value = new DateTimeOffset(date, TimeSpan.Zero);
                return true;
            }

            return rest[0] is 'T' or 't' or ' ' or '_' && TryParseTime(rest[1..], date, out value);
        }

        return double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            && TryFromUnix(number, out value);
    }

    /// <summary>Unix seconds, or milliseconds when the magnitude is above 2e10; the result is UTC.</summary>
    public static bool TryFromUnix(double number, out DateTimeOffset value)
    {
        var seconds = Math.Abs(number) > SecondsLimit ? number / 1000 : number;
        if (seconds is >= -62135596800 and < 253402300800)
        {
            var whole = Math.Floor(seconds);
            var microseconds = (long)Math.Round((seconds - whole) * 1e6);
            var ticks = DateTimeOffset.UnixEpoch.Ticks + ((long)whole * TimeSpan.TicksPerSecond) + (microseconds * TimeSpan.TicksPerMicrosecond);
            value = new DateTimeOffset(Math.Min(ticks, DateTimeOffset.MaxValue.Ticks), TimeSpan.Zero);
            return true;
        }

        value = default;
        return false;
    }

    /// <summary>RFC 3339 in UTC with <c>Z</c>, microseconds only where they are not zero.</summary>
    public static string Format(DateTimeOffset value)
    {
        Span<char> buffer = stackalloc char[MaxLength];
        return buffer[..Write(buffer, value.ToUniversalTime())].ToString();
    }

    /// <summary>As <see cref="Format"/>, but with the offset the value carries.</summary>
    public static string FormatKeepingOffset(DateTimeOffset value)
    {
        Span<char> buffer = stackalloc char[MaxLength];
        return buffer[..Write(buffer, value)].ToString();
    }

    internal static int Write(Span<char> buffer, DateTimeOffset value)
    {
        var hasFraction = value.Ticks % TimeSpan.TicksPerSecond >= TimeSpan.TicksPerMicrosecond;
        value.DateTime.TryFormat(buffer, out var length, hasFraction ? "yyyy-MM-ddTHH:mm:ss.ffffff" : "yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture);
        if (value.Offset == TimeSpan.Zero)
        {
            buffer[length] = 'Z';
            return length + 1;
        }

        buffer[length] = value.Offset < TimeSpan.Zero ? '-' : '+';
        value.Offset.TryFormat(buffer[(length + 1)..], out var offsetLength, @"hh\:mm", CultureInfo.InvariantCulture);
        return length + 1 + offsetLength;
    }

    private static bool TryParseDate(ReadOnlySpan<char> text, out DateTime date)
    {
        date = default;
        return text.Length >= 10 && DateTime.TryParseExact(text[..10], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out date);
    }

    private static bool TryParseTime(ReadOnlySpan<char> text, DateTime date, out DateTimeOffset value)
    {
        value = default;
        if (!WireClock.TryParseTimeOfDay(ref text, out var time))
            return false;
        if (!TryParseOffset(text, out var offset))
            return false;
        var local = date + time;
        if (local.Ticks - offset.Ticks < 0 || local.Ticks - offset.Ticks > DateTime.MaxValue.Ticks)
            return false;
        value = new DateTimeOffset(local, offset);
        return true;
    }

    private static bool TryParseOffset(ReadOnlySpan<char> text, out TimeSpan offset)
    {
        offset = TimeSpan.Zero;
        if (text.IsEmpty || text is "Z" or "z")
            return true;
        if (text[0] is not ('+' or '-') || text.Length is not (3 or 5 or 6))
            return false;
        var minuteText = text.Length == 3 ? "00" : text[^2..];
        if (text.Length == 6 && text[3] != ':')
            return false;
        if (!int.TryParse(text[1..3], NumberStyles.None, CultureInfo.InvariantCulture, out var hours)
            || !int.TryParse(minuteText, NumberStyles.None, CultureInfo.InvariantCulture, out var minutes)
            || hours > 14 || minutes > 59 || (hours == 14 && minutes > 0))
            return false;
        offset = new TimeSpan(hours, minutes, 0);
        if (text[0] == '-')
            offset = -offset;
        return true;
    }
}
