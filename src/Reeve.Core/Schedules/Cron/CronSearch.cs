namespace Reeve.Core.Schedules.Cron;

/// <summary>Finds the next wall time an expression matches, field by field from the coarsest, never stepping through the times between.</summary>
internal readonly struct CronSearch
{
    private readonly CronExpression _expression;
    private readonly CronValues _minutes;
    private readonly CronValues _hours;
    private readonly CronValues _days;
    private readonly CronValues _months;
    private readonly CronValues _weekdays;
    private readonly CronValues _seconds;
    private readonly bool _ordinals;
    private readonly bool _eitherDay;

    public CronSearch(CronExpression expression, bool dayOr)
    {
        _expression = expression;
        _minutes = expression.Values(CronField.Minute);
        _hours = expression.Values(CronField.Hour);
        _days = expression.Values(CronField.Day);
        _months = expression.Values(CronField.Month);
        _weekdays = expression.Values(CronField.Weekday);
        _seconds = expression.Values(CronField.Second);
        _ordinals = expression.HasOrdinalWeekdays;
        _eitherDay = dayOr && !_days.Any && !_weekdays.Any;
    }

    /// <summary>The first match after a wall time of whole seconds; false when the search horizon has none.</summary>
    public bool TryNext(DateTime after, out DateTime match)
    {
        if (!_eitherDay)
            return TryNext(after, !_days.Any, !_weekdays.Any, out match);

        // "Day or weekday" is the earlier of two searches, and needs both to succeed: an impossible half makes the whole fail.
        bool byDay = TryNext(after, useDays: true, useWeekdays: false, out match);
        bool byWeekday = TryNext(after, useDays: false, useWeekdays: true, out var other);
        if (other < match)
            match = other;
        return byDay && byWeekday;
    }

    private bool TryNext(DateTime after, bool useDays, bool useWeekdays, out DateTime match)
    {
        match = DateTime.MaxValue;
        if (after.Year >= DateTime.MaxValue.Year - 1)
            return false;

        var at = _expression.HasSeconds ? after.AddSeconds(1) : new DateTime(after.Ticks - (after.Ticks % TimeSpan.TicksPerMinute)).AddMinutes(1);
        int horizon = Math.Min(at.Year + ScheduleLimits.CronHorizonYears, DateTime.MaxValue.Year - 1);
        while (at.Year <= horizon)
        {
            if (!ToYear(ref at, out bool moved))
                return false;
            if (moved || ToMonth(ref at) || (useDays && ToDay(ref at)) || ToWeekday(ref at, useWeekdays) || ToTime(ref at))
                continue;

            match = at;
            return true;
        }

        return false;
    }

    private bool ToYear(ref DateTime at, out bool moved)
    {
        moved = false;
        if (!_expression.HasYears || _expression.Values(CronField.Year) is not { Any: false } years)
            return true;

        int min = CronFieldRange.Of(CronField.Year).Min;
        int next = years.AtOrAfter(Math.Max(at.Year - min, 0));
        if (next < 0)
            return false;

        if (next + min != at.Year)
        {
            at = new DateTime(next + min, 1, 1);
            moved = true;
        }

        return true;
    }

    private bool ToMonth(ref DateTime at)
    {
        if (_months.Any)
            return false;

        int diff = Distance(_months, at.Month - 1, 12);
        if (diff == 0)
            return false;
        at = new DateTime(at.Year, at.Month, 1).AddMonths(diff);
        return true;
    }

    private bool ToDay(ref DateTime at)
    {
        int length = DateTime.DaysInMonth(at.Year, at.Month);
        if (_days.LastDay && at.Day == length)
            return false;

        // A numbered day wins over the last day even where the month is too short for it; the dialect does so.
        int next = _days.AtOrAfter(at.Day - 1);
        int diff = next < 0 && _days.LastDay ? length - at.Day : Distance(_days, at.Day - 1, length);
        if (diff == 0)
            return false;
        at = at.Date.AddDays(diff);
        return true;
    }

    private bool ToWeekday(ref DateTime at, bool useWeekdays)
    {
        int diff;
        if (_ordinals)
            diff = DistanceToOrdinal(at);
        else if (useWeekdays)
            diff = Distance(_weekdays, (int)at.DayOfWeek, 7);
        else
            return false;

        if (diff == 0)
            return false;
        at = at.Date.AddDays(diff);
        return true;
    }

    // Days to the next wanted "nth weekday" of this month, or to the first of the next month.
    private int DistanceToOrdinal(DateTime at)
    {
        int length = DateTime.DaysInMonth(at.Year, at.Month);
        int best = length + 1;
        int weekdayOfFirst = ((int)at.DayOfWeek - (at.Day - 1) + 35) % 7;
        for (int weekday = 0; weekday < 7; weekday++)
        {
            int wanted = _expression.Ordinals[weekday];
            if (wanted == 0)
                continue;

            int first = 1 + ((weekday - weekdayOfFirst + 7) % 7);
            int last = first + ((length - first) / 7 * 7);
            for (int ordinal = 1; ordinal <= CronExpression.LastOrdinal; ordinal++)
            {
                if ((wanted & (1 << ordinal)) == 0)
                    continue;
                int day = ordinal == CronExpression.LastOrdinal ? last : first + ((ordinal - 1) * 7);
                if (day >= at.Day && day <= length)
                    best = Math.Min(best, day);
            }
        }

        return best - at.Day;
    }

    private bool ToTime(ref DateTime at)
    {
        long minuteOfDay = at.TimeOfDay.Ticks / TimeSpan.TicksPerMinute;
        int hour = (int)(minuteOfDay / 60);
        int minute = (int)(minuteOfDay % 60);
        int diff = _hours.Any ? 0 : Distance(_hours, hour, 24);
        if (diff != 0)
        {
            at = at.Date.AddHours(hour + diff);
            return true;
        }

        diff = _minutes.Any ? 0 : Distance(_minutes, minute, 60);
        if (diff != 0)
        {
            at = at.Date.AddMinutes(minuteOfDay + diff);
            return true;
        }

        if (!_expression.HasSeconds || _seconds.Any)
            return false;

        diff = Distance(_seconds, at.Second, 60);
        at = at.AddSeconds(diff);
        return diff != 0;
    }

    private static int Distance(CronValues values, int index, int cycle)
    {
        int next = values.AtOrAfter(index);
        return next >= 0 ? next - index : values.First() - index + cycle;
    }
}
