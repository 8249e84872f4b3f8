namespace Reeve.Core.Schedules.Recurrence;

/// <summary>
/// The conditions a rule sets on days, all of which must hold. For a year they come to one bit a day; seven days of the next year are
/// added because weeks cross the year's end, and are judged as the reference engine judges them: from the year the week begins in.
/// </summary>
internal sealed class DayFilter(
    int[]? months,
    int[]? monthDays,
    int[]? yearDays,
    int[]? easter,
    int[]? weekNumbers,
    int[]? weekdays,
    OrdinalWeekday[]? ordinals)
{
    private readonly DayBits?[] _cache = new DayBits?[28];

    public int WeekStart { get; init; }

    public bool OrdinalsWithinMonths { get; init; }

    /// <summary>Whether every day passes.</summary>
    public bool IsOpen { get; } = months is null && monthDays is null or [] && yearDays is null && easter is null
        && weekNumbers is null && weekdays is null or [] && ordinals is null or [];

    /// <summary>Whether years repeat every 400: Easter does not.</summary>
    public bool RepeatsWithCalendar => easter is null;

    /// <summary>The days of a year that pass.</summary>
    public DayBits Of(int year)
    {
        bool leap = DateTime.IsLeapYear(year);
        int type = leap ? 0 : DateTime.IsLeapYear(Math.Max(year - 1, 1)) ? 1 : DateTime.IsLeapYear(Math.Min(year + 1, 9999)) ? 2 : 3;
        int firstWeekday = ((int)new DateTime(year, 1, 1).DayOfWeek + 6) % 7;
        ref var cached = ref _cache[(firstWeekday * 4) + type];
        cached ??= Compute(year, firstWeekday);
        return easter is null ? cached : WithEaster(cached, year);
    }

    private DayBits Compute(int year, int firstWeekday)
    {
        int length = DateTime.IsLeapYear(year) ? 366 : 365;
        int nextLength = DateTime.IsLeapYear(year + 1) ? 366 : 365;
        var bits = new DayBits();
        int month = 1;
        int day = 1;
        int monthLength = 31;
        for (int i = 0; i < length + 7; i++)
        {
            if ((months is null || months.Contains(month))
                && (monthDays is null or [] || monthDays.Contains(day) || monthDays.Contains(day - monthLength - 1))
                && (yearDays is null || PassesYearDay(i, length, nextLength))
                && (weekdays is null or [] || weekdays.Contains((firstWeekday + i) % 7)))
                bits.Set(i);

            if (++day > monthLength)
            {
                day = 1;
                month = month == 12 ? 1 : month + 1;
                monthLength = DateTime.DaysInMonth(year, month);
            }
        }

        if (weekNumbers is not null)
            bits.And(WeekNumbers(year, length, firstWeekday));
        if (ordinals is { Length: > 0 })
            bits.And(Ordinals(year, length, firstWeekday));
        return bits;
    }

    private bool PassesYearDay(int index, int length, int nextLength) => index < length
        ? yearDays!.Contains(index + 1) || yearDays.Contains(index - length)
        : yearDays!.Contains(index + 1 - length) || yearDays.Contains(index - length - nextLength);

    private DayBits Ordinals(int year, int length, int firstWeekday)
    {
        var bits = new DayBits();
        if (!OrdinalsWithinMonths)
        {
            AddOrdinals(bits, 0, length - 1, firstWeekday);
            return bits;
        }

        int first = 0;
        for (int month = 1; month <= 12; month++)
        {
            int next = first + DateTime.DaysInMonth(year, month);
            AddOrdinals(bits, first, next - 1, firstWeekday);
            first = next;
        }

        return bits;
    }

    private void AddOrdinals(DayBits bits, int first, int last, int firstWeekday)
    {
        foreach (var (weekday, ordinal) in ordinals!)
        {
            int day = ordinal > 0
                ? first + Modulo(weekday - firstWeekday - first, 7) + ((ordinal - 1) * 7)
                : last - Modulo(firstWeekday + last - weekday, 7) + ((ordinal + 1) * 7);
            if (day >= first && day <= last)
                bits.Set(day);
        }
    }

    // Week 1 is the first with at least four days in the year.
    private DayBits WeekNumbers(int year, int length, int firstWeekday)
    {
        var bits = new DayBits();
        int firstStart = Modulo(WeekStart - firstWeekday, 7);
        int weekOne = firstStart >= 4 ? 0 : firstStart;
        int counted = firstStart >= 4 ? length + Modulo(firstWeekday - WeekStart, 7) : length - weekOne;
        int weeks = (counted / 7) + (counted % 7 / 4);
        int shift = firstStart >= 4 ? 7 - firstStart : 0;
        foreach (int written in weekNumbers!)
        {
            int number = written < 0 ? written + weeks + 1 : written;
            if (number >= 1 && number <= weeks)
                AddWeek(bits, number == 1 ? weekOne : weekOne + ((number - 1) * 7) - shift, firstWeekday);
        }

        int nextYears = weekOne + (weeks * 7) - shift;
        if (weekNumbers.Contains(1) && nextYears < length)
            AddWeek(bits, nextYears, firstWeekday);
        if (weekOne > 0 && weekNumbers.Contains(weekNumbers.Contains(-1) ? -1 : WeeksOfLastYear(year, length, weekOne)))
        {
            for (int i = 0; i < weekOne; i++)
                bits.Set(i);
        }

        return bits;
    }

    private int WeeksOfLastYear(int year, int length, int weekOne)
    {
        if (year == 1)
            return 52;
        int firstWeekday = ((int)new DateTime(year - 1, 1, 1).DayOfWeek + 6) % 7;
        int lastLength = DateTime.IsLeapYear(year - 1) ? 366 : 365;

        // The second form counts in this year's days where last year's would be expected; existing schedules have it so.
        return Modulo(WeekStart - firstWeekday, 7) >= 4
            ? 52 + ((lastLength + Modulo(firstWeekday - WeekStart, 7)) % 7 / 4)
            : 52 + ((length - weekOne) % 7 / 4);
    }

    private void AddWeek(DayBits bits, int day, int firstWeekday)
    {
        do
        {
            bits.Set(day++);
        }
        while ((firstWeekday + day) % 7 != WeekStart);
    }

    private DayBits WithEaster(DayBits passing, int year)
    {
        var bits = new DayBits();
        int sunday = EasterSunday(year);
        int length = DateTime.IsLeapYear(year) ? 366 : 365;
        foreach (int offset in easter!)
        {
            long day = (long)sunday + offset;
            if (day >= 0 && day < length + 7)
                bits.Set((int)day);
        }

        bits.And(passing);
        return bits;
    }

    // Western Easter as days after 1 January (the anonymous Gregorian computus).
    private static int EasterSunday(int year)
    {
        int golden = year % 19;
        int century = year / 100;
        int epact = (century - (century / 4) - (((8 * century) + 13) / 25) + (19 * golden) + 15) % 30;
        int moon = epact - (epact / 28 * (1 - (epact / 28 * (29 / (epact + 1)) * ((21 - golden) / 11))));
        int weekday = (year + (year / 4) + moon + 2 - century + (century / 4)) % 7;
        int fromMarch = moon - weekday;
        int month = 3 + ((fromMarch + 40) / 44);
        int day = fromMarch + 28 - (31 * (month / 4));
        return new DateTime(year, month, day).DayOfYear - 1;
    }

    private static int Modulo(int value, int divisor) => ((value % divisor) + divisor) % divisor;
}
