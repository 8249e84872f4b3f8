namespace Reeve.Core.Schedules.Recurrence;

/// <summary>Keeps the allowed days of the year last asked about.</summary>
internal sealed class YearWindow(DayFilter filter)
{
    private const int CalendarCycle = 400;

    private long _start = -1;
    private int _length;

    public int Year { get; private set; }

    /// <summary>Allowed days of the year at hand; index 0 is 1 January.</summary>
    public DayBits Bits { get; private set; } = new();

    /// <summary>Day number of 1 January of the year at hand.</summary>
    public long Start => _start;

    public int Length => _length;

    /// <summary>Turns to the year a day lies in.</summary>
    public void MoveTo(long day)
    {
        if (_start < 0 || day < _start || day >= _start + _length)
            MoveToYear(new DateTime(day * TimeSpan.TicksPerDay).Year);
    }

    public void MoveToYear(int year)
    {
        if (_start >= 0 && year == Year)
            return;
        Year = year;
        _start = new DateTime(year, 1, 1).Ticks / TimeSpan.TicksPerDay;
        _length = DateTime.IsLeapYear(year) ? 366 : 365;
        Bits = filter.Of(year);
    }

    /// <summary>The first allowed day that is not before the given one, or -1 when there is none for ever.</summary>
    public long Next(long day)
    {
        MoveTo(day);
        int found = Bits.Next((int)(day - _start), _length);
        int empty = 0;
        while (found < 0)
        {
            // The calendar repeats after 400 years, Easter only beyond its end.
            if (Year >= DateTime.MaxValue.Year || (filter.RepeatsWithCalendar && ++empty > CalendarCycle))
                return -1;
            MoveToYear(Year + 1);
            found = Bits.Next(0, _length);
        }

        return _start + found;
    }
}
