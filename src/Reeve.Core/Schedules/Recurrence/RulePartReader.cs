using System.Globalization;

namespace Reeve.Core.Schedules.Recurrence;

/// <summary>Reads the parts of one rule, <c>FREQ=DAILY;INTERVAL=2</c> and so on. The text is upper case already.</summary>
internal static class RulePartReader
{
    private static readonly string[] WeekdayNames = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];

    public static RuleParts Read(string line)
    {
        int colon = line.IndexOf(':');
        if (colon >= 0)
        {
            if (line[..colon] != "RRULE" || line.IndexOf(':', colon + 1) >= 0)
                throw new RecurrenceSyntaxException("unknown parameter name");
            line = line[(colon + 1)..];
        }

        var parts = new RuleParts();
        foreach (string pair in line.Split(';'))
        {
            string[] sides = pair.Split('=');
            if (sides.Length != 2)
            {
                throw new RecurrenceSyntaxException(sides.Length < 2
                    ? $"not enough values to unpack (expected 2, got {sides.Length}): \"{pair}\" is not NAME=VALUE"
                    : $"too many values to unpack (expected 2, got {sides.Length}): \"{pair}\" is not NAME=VALUE");
            }

            if (!TryRead(parts, sides[0], sides[1]))
                throw new RecurrenceSyntaxException($"invalid '{sides[0]}': {sides[1]}");
        }

        return parts;
    }

    private static bool TryRead(RuleParts parts, string name, string value)
    {
        bool read;
        switch (name)
        {
            case "FREQ":
                parts.Frequency = value switch
                {
                    "YEARLY" => Frequency.Yearly,
                    "MONTHLY" => Frequency.Monthly,
                    "WEEKLY" => Frequency.Weekly,
                    "DAILY" => Frequency.Daily,
                    "HOURLY" => Frequency.Hourly,
                    "MINUTELY" => Frequency.Minutely,
                    "SECONDLY" => Frequency.Secondly,
                    _ => null,
                };
                return parts.Frequency is not null;
            case "INTERVAL":
                read = TryNumber(value, out long interval);
                parts.Interval = interval;
                return read;
            case "COUNT":
                read = TryNumber(value, out long count);
                parts.Count = count;
                return read;
            case "UNTIL":
                read = RecurrenceDate.TryParse(value, out var until);
                parts.Until = until;
                return read;
            case "WKST":
                parts.WeekStart = Array.IndexOf(WeekdayNames, value);
                return parts.WeekStart >= 0;
            case "BYDAY" or "BYWEEKDAY":
                return (parts.Weekdays = Weekdays(value)) is not null;
            case "BYSETPOS":
                return (parts.Positions = Numbers(value)) is not null;
            case "BYMONTH":
                return (parts.Months = Numbers(value)) is not null;
            case "BYMONTHDAY":
                return (parts.MonthDays = Numbers(value)) is not null;
            case "BYYEARDAY":
                return (parts.YearDays = Numbers(value)) is not null;
            case "BYEASTER":
                return (parts.Easter = Numbers(value)) is not null;
            case "BYWEEKNO":
                return (parts.WeekNumbers = Numbers(value)) is not null;
            case "BYHOUR":
                return (parts.Hours = Numbers(value)) is not null;
            case "BYMINUTE":
                return (parts.Minutes = Numbers(value)) is not null;
            case "BYSECOND":
                return (parts.Seconds = Numbers(value)) is not null;
            default:
                throw new RecurrenceSyntaxException($"unknown parameter '{name}'");
        }
    }

    private static int[]? Numbers(string list)
    {
        string[] items = list.Split(',');
        int[] numbers = new int[items.Length];
        for (int i = 0; i < items.Length; i++)
        {
            if (!TryNumber(items[i], out long number))
                return null;
            numbers[i] = (int)Math.Clamp(number, int.MinValue, int.MaxValue);
        }

        return numbers;
    }

    // "MO", "+2TU", "-1FR", "TH(+1)".
    private static OrdinalWeekday[]? Weekdays(string list)
    {
        string[] items = list.Split(',');
        var weekdays = new OrdinalWeekday[items.Length];
        for (int i = 0; i < items.Length; i++)
        {
            var item = items[i].AsSpan();
            int open = item.IndexOf('(');
            int digits = open < 0 ? item.IndexOfAnyExcept("+-0123456789") : 0;
            if (digits < 0 || open == item.Length - 1)
                return null;

            var name = open < 0 ? item[digits..] : item[..open];
            var place = open < 0 ? item[..digits] : item[(open + 1)..^1];
            int weekday = Array.IndexOf(WeekdayNames, name.ToString());
            long ordinal = 0;
            bool placed = open >= 0 || digits > 0;
            if (weekday < 0 || (placed && (!TryNumber(place, out ordinal) || ordinal == 0)))
                return null;
            weekdays[i] = new OrdinalWeekday(weekday, (int)Math.Clamp(ordinal, -10_000, 10_000));
        }

        return weekdays;
    }

    // A number of any length; what lies beyond every calendar is cut to something that still does.
    private static bool TryNumber(ReadOnlySpan<char> text, out long number)
    {
        number = 0;
        var digits = text.StartsWith('+') || text.StartsWith('-') ? text[1..] : text;
        if (digits.IsEmpty || digits.ContainsAnyExceptInRange('0', '9'))
            return false;
        const long most = 1_000_000_000_000;
        digits = digits.TrimStart('0');
        if (digits.Length > 12 || !long.TryParse(digits.IsEmpty ? "0" : digits, NumberStyles.None, CultureInfo.InvariantCulture, out number))
            number = most;
        if (text[0] == '-')
            number = -number;
        return true;
    }
}
