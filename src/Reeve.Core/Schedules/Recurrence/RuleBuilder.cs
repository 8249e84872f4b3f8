namespace Reeve.Core.Schedules.Recurrence;

/// <summary>Checks the parts of a rule and fills in what follows from the anchor.</summary>
internal static class RuleBuilder
{
    public static RecurrenceRule Build(RuleParts parts, RecurrenceDate? start)
    {
        if (parts.Frequency is not { } frequency)
            throw new RecurrenceSyntaxException("FREQ is missing; start with FREQ=DAILY or another frequency");
        if (parts.Interval < 1)
            throw new RecurrenceSyntaxException($"invalid 'INTERVAL': {parts.Interval} (it must be at least 1)");
        if (start is { } given && parts.Until is { } end && given.HasOffset != end.HasOffset)
            throw new RecurrenceSyntaxException("RRULE UNTIL values must be specified in UTC when DTSTART is timezone-aware");
        foreach (int position in parts.Positions ?? [])
        {
            if (position is 0 or > 366 or < -366)
                throw new RecurrenceSyntaxException("bysetpos must be between 1 and 366, or between -366 and -1");
        }

        string? fault = start is null && parts.Until is { HasOffset: true }
            ? "RRULE UNTIL values must be specified in UTC when DTSTART is timezone-aware"
            : null;
        long anchor = start?.WallSeconds ?? RecurrenceParser.DefaultAnchor;
        var days = Days(parts, frequency, new DateTime(anchor * TimeSpan.TicksPerSecond));
        int second = (int)(anchor % 60);
        int minute = (int)(anchor / 60 % 60);
        int hour = (int)(anchor / 3600 % 24);

        // Units at least as coarse as the frequency restrict its steps, finer ones expand them.
        ulong? hours = Restriction(parts.Hours, frequency, Frequency.Hourly, parts.Interval, hour, 24);
        ulong? minutes = Restriction(parts.Minutes, frequency, Frequency.Minutely, parts.Interval, minute, 60);
        ulong? seconds = Restriction(parts.Seconds, frequency, Frequency.Secondly, parts.Interval, second, 60);
        string? range = null;
        int[] expansions = Expansions(
            frequency < Frequency.Hourly ? parts.Hours ?? [hour] : [0],
            frequency < Frequency.Minutely ? parts.Minutes ?? [minute] : [0],
            frequency < Frequency.Secondly ? parts.Seconds ?? [second] : [0],
            ref range);
        if (range is not null && frequency < Frequency.Hourly)
            throw new RecurrenceSyntaxException(range);

        return new RecurrenceRule(frequency, parts, anchor, days, expansions)
        {
            Hours = hours,
            Minutes = minutes,
            Seconds = seconds,
            Fault = fault ?? range ?? Unreachable(frequency, parts.Interval, anchor, hours, minutes, seconds),
        };
    }

    private static DayFilter Days(RuleParts parts, Frequency frequency, DateTime anchor)
    {
        int[]? months = parts.Months;
        int[]? monthDays = parts.MonthDays is { } written ? Array.FindAll(written, day => day != 0) : null;
        int[]? plain = null;
        OrdinalWeekday[]? ordinal = null;
        if (parts.Weekdays is { } weekdays)
        {
            // Places within the period have a meaning for years and months only.
            bool places = frequency <= Frequency.Monthly;
            plain = [.. Array.FindAll(weekdays, day => day.Ordinal == 0 || !places).Select(day => day.Weekday)];
            ordinal = places ? Array.FindAll(weekdays, day => day.Ordinal != 0) : [];
        }

        if (parts.WeekNumbers is null && parts.YearDays is null && monthDays is null or [] && parts.Weekdays is null && parts.Easter is null)
        {
            switch (frequency)
            {
                case Frequency.Yearly:
                    months ??= [anchor.Month];
                    monthDays = [anchor.Day];
                    break;
                case Frequency.Monthly:
                    monthDays = [anchor.Day];
                    break;
                case Frequency.Weekly:
                    plain = [((int)anchor.DayOfWeek + 6) % 7];
                    break;
            }
        }

        return new DayFilter(months, monthDays, parts.YearDays, parts.Easter, parts.WeekNumbers, plain, ordinal)
        {
            WeekStart = parts.WeekStart,
            OrdinalsWithinMonths = frequency == Frequency.Monthly || months is not null,
        };
    }

    // The values of a unit that steps may have, as bits; for the frequency's own unit only those its interval can reach.
    private static ulong? Restriction(int[]? values, Frequency frequency, Frequency unit, long interval, int anchor, int size)
    {
        if (values is null || frequency < unit)
            return null;

        long divisor = frequency == unit ? Gcd(interval, size) : 1;
        ulong bits = 0;
        bool any = false;
        foreach (int value in values)
        {
            if ((value - (long)anchor) % divisor != 0)
                continue;
            any = true;
            if (value >= 0 && value < size)
                bits |= 1UL << value;
        }

        return any ? bits : throw new RecurrenceSyntaxException("Invalid rrule byxxx generates an empty set.");
    }

    // Steps return to the same times of day; when none of those is allowed the rule never recurs.
    private static string? Unreachable(Frequency frequency, long interval, long anchor, ulong? hours, ulong? minutes, ulong? seconds)
    {
        if (frequency < Frequency.Hourly || (hours ?? minutes ?? seconds) is null)
            return null;

        int unit = frequency switch { Frequency.Hourly => 3600, Frequency.Minutely => 60, _ => 1 };
        int stride = (int)Gcd(interval * unit, 86400);
        int phase = (int)((anchor - (anchor % unit)) % stride);
        for (int time = phase; time < 86400; time += stride)
        {
            if (Allows(hours, time / 3600) && Allows(minutes, time / 60 % 60) && Allows(seconds, time % 60))
                return null;
        }

        return frequency == Frequency.Secondly
            ? "Invalid combination of interval, byhour and byminute resulting in empty rule."
            : "Invalid combination of interval and byhour resulting in empty rule.";
    }

    private static bool Allows(ulong? bits, int value) => bits is null || (bits & (1UL << value)) != 0;

    private static int[] Expansions(int[] hours, int[] minutes, int[] seconds, ref string? fault)
    {
        fault = OutOfRange("hour", hours, 23) ?? OutOfRange("minute", minutes, 59) ?? OutOfRange("second", seconds, 59);
        if (fault is not null)
            return [];

        hours = [.. hours.Distinct().Order()];
        minutes = [.. minutes.Distinct().Order()];
        seconds = [.. seconds.Distinct().Order()];
        int[] times = new int[hours.Length * minutes.Length * seconds.Length];
        int at = 0;
        foreach (int hour in hours)
        {
            foreach (int minute in minutes)
            {
                foreach (int second in seconds)
                    times[at++] = (hour * 3600) + (minute * 60) + second;
            }
        }

        return times;
    }

    private static string? OutOfRange(string unit, int[] values, int max)
    {
        foreach (int value in values)
        {
            if (value < 0 || value > max)
                return $"{unit} must be in 0..{max}, not {value}";
        }

        return null;
    }

    public static long Gcd(long a, long b)
    {
        while (b != 0)
            (a, b) = (b, a % b);
        return a;
    }
}
