namespace Reeve.Core.Schedules.Recurrence;

/// <summary>Turns COUNT into the wall time of the last recurrence, with arithmetic where days are alike.</summary>
internal static class RecurrenceCounter
{
    /// <summary>The wall time of the recurrence with the given number, or the given end when there are fewer; -1 for a count below one.</summary>
    public static long Last(RecurrenceRule rule, long count, long end)
    {
        if (count < 1)
            return -1;
        if (rule.Fault is not null || rule.Expansions.Length == 0)
            return end;

        long from = rule.Anchor;
        long step = rule.Interval * rule.Unit;
        if (rule.IsStepped && rule.Days.IsOpen && rule is { Hours: null, Minutes: null, Seconds: null })
            return Math.Min(end, LastOfEvenSteps(rule, count, step));

        if (rule.IsStepped && 86400 % step == 0)
        {
            // The first day may be cut short; all later ones that are allowed hold equally many.
            long secondDay = ((rule.Anchor / 86400) + 1) * 86400;
            var first = rule.Open(from, Math.Min(end, secondDay - 1));
            while (first.TryNext(out long wall))
            {
                if (--count == 0)
                    return wall;
            }

            long perDay = PerDay(rule, step);
            if (secondDay > end || perDay == 0)
                return end;
            from = SkipDays(rule, secondDay / 86400, (count - 1) / perDay) * 86400;
            if (from < 0)
                return end;
            count -= (count - 1) / perDay * perDay;
        }

        var cursor = rule.Open(from, end);
        while (cursor.TryNext(out long wall))
        {
            if (--count == 0)
                return wall;
        }

        return end;
    }

    // Every step recurs; only the first may lack what lies before the anchor.
    private static long LastOfEvenSteps(RecurrenceRule rule, long count, long step)
    {
        long origin = rule.Anchor - (rule.Anchor % rule.Unit);
        int missing = 0;
        while (missing < rule.Expansions.Length && origin + rule.Expansions[missing] < rule.Anchor)
            missing++;
        long number = missing + count - 1;
        Int128 last = origin + ((Int128)(number / rule.Expansions.Length) * step) + rule.Expansions[number % rule.Expansions.Length];
        return last > WallCursor.EndOfCalendar ? WallCursor.EndOfCalendar : (long)last;
    }

    private static long PerDay(RecurrenceRule rule, long step)
    {
        long phase = (rule.Anchor - (rule.Anchor % rule.Unit)) % step;
        if (rule.Hours is null && rule.Minutes is null && rule.Seconds is null)
            return 86400 / step * rule.Expansions.Length;

        long bases = 0;
        for (long time = phase; time < 86400; time += step)
        {
            if (Allows(rule.Hours, time / 3600) && Allows(rule.Minutes, time / 60 % 60) && Allows(rule.Seconds, time % 60))
                bases++;
        }

        return bases * rule.Expansions.Length;
    }

    private static bool Allows(ulong? bits, long value) => bits is null || (bits & (1UL << (int)value)) != 0;

    // The day after a number of allowed days, or -1 beyond the calendar.
    private static long SkipDays(RecurrenceRule rule, long day, long days)
    {
        long last = WallCursor.EndOfCalendar / 86400;
        if (rule.Days.IsOpen)
            return days > last - day ? -1 : day + days;

        var years = new YearWindow(rule.Days);
        years.MoveTo(day);
        int from = (int)(day - years.Start);
        while (true)
        {
            int here = years.Bits.Count(from, years.Length);
            if (here >= days)
            {
                for (; days > 0; days--)
                    from = years.Bits.Next(from, years.Length) + 1;
                return years.Start + from;
            }

            days -= here;
            if (years.Year >= DateTime.MaxValue.Year - 1)
                return -1;
            years.MoveToYear(years.Year + 1);
            from = 0;
        }
    }
}
