namespace Reeve.Core.Schedules.Recurrence;

/// <summary>Walks a rule whose periods are years, months or weeks.</summary>
internal sealed class CalendarCursor : WallCursor
{
    private readonly RecurrenceRule _rule;
    private readonly long _last;
    private readonly int[] _times;
    private readonly YearWindow _years;
    private readonly long _origin;
    private readonly long _cycle;
    private readonly List<long>? _chosen;

    private long _from;
    private long _period;
    private long _lastHit;
    private int _day;
    private int _until;
    private int _at;

    public CalendarCursor(RecurrenceRule rule, long last)
    {
        _rule = rule;
        _last = last;
        _times = rule.Expansions;
        _years = new YearWindow(rule.Days);
        _chosen = rule.Positions is null ? null : [];
        long day = rule.Anchor / 86400;
        _origin = rule.Frequency == Frequency.Weekly ? WeekOf(day) : IndexOf(day);
        long turn = rule.Frequency switch { Frequency.Yearly => 400, Frequency.Monthly => 4800, _ => 20871 };
        _cycle = rule.Days.RepeatsWithCalendar ? turn / RuleBuilder.Gcd(rule.Interval, turn) : long.MaxValue;
    }

    public override void Seek(long from)
    {
        _from = Math.Max(from, _rule.Anchor);
        long day = _from / 86400;
        long units = _rule.Frequency == Frequency.Weekly ? (WeekOf(day) - _origin) / 7 : IndexOf(day) - _origin;
        _period = (units + _rule.Interval - 1) / _rule.Interval;
        _lastHit = _period;
        _day = -1;
        _chosen?.Clear();
        _at = 0;
    }

    public override bool TryNext(out long wall)
    {
        while (true)
        {
            if (TryTake(out wall))
            {
                if (wall < _from)
                    continue;
                _lastHit = _period;
                return wall <= _last;
            }

            // One full turn of calendar and interval without a hit proves that there will never be one.
            if (_period - _lastHit > _cycle || !TryLoad())
                return false;
            _period++;
        }
    }

    private bool TryTake(out long wall)
    {
        wall = 0;
        if (_chosen is not null)
        {
            if (_at >= _chosen.Count)
                return false;
            wall = _chosen[_at++];
            return true;
        }

        if (_day < 0)
            return false;

        long start = (_years.Start + _day) * 86400;
        if (_at == 0 && start < _from)
        {
            int found = Array.BinarySearch(_times, (int)Math.Min(_from - start, 86400));
            _at = found < 0 ? ~found : found;
        }

        if (_at < _times.Length)
            wall = start + _times[_at++];
        else
            wall = -1;
        if (_at >= _times.Length)
        {
            _day = _years.Bits.Next(_day + 1, _until);
            _at = 0;
        }

        return wall >= 0 || TryTake(out wall);
    }

    // Opens the current period; false when it lies beyond the end.
    private bool TryLoad()
    {
        Int128 unit = ((Int128)_period * _rule.Interval * (_rule.Frequency == Frequency.Weekly ? 7 : 1)) + _origin;
        if (unit > EndOfCalendar)
            return false;

        int from;
        if (_rule.Frequency == Frequency.Weekly)
        {
            long day = _period == 0 ? _rule.Anchor / 86400 : (long)unit;
            if (day * 86400 > _last)
                return false;
            _years.MoveTo(day);
            from = (int)(day - _years.Start);
            _until = (int)((long)unit + 7 - _years.Start);
        }
        else
        {
            bool monthly = _rule.Frequency == Frequency.Monthly;
            long year = monthly ? (long)unit / 12 : (long)unit;
            if (year >= DateTime.MaxValue.Year)
                return false;
            _years.MoveToYear((int)year);
            int month = monthly ? (int)((long)unit % 12) + 1 : 1;
            from = monthly ? new DateTime((int)year, month, 1).DayOfYear - 1 : 0;
            _until = monthly ? from + DateTime.DaysInMonth((int)year, month) : _years.Length;
            if ((_years.Start + from) * 86400 > _last)
                return false;
        }

        _at = 0;
        if (_chosen is not null)
        {
            Choose(from);
            return true;
        }

        // Days before the asked time need not be looked at, nor those before the anchor.
        long first = (_from / 86400) - _years.Start;
        _day = _years.Bits.Next((int)Math.Clamp(first, from, _until), _until);
        return true;
    }

    // BYSETPOS: positions in the period's list of days times times of day.
    private void Choose(int from)
    {
        _chosen!.Clear();
        int days = _years.Bits.Count(from, _until);
        long size = (long)days * _times.Length;
        foreach (int position in _rule.Positions!)
        {
            long at = position > 0 ? position - 1 : size + position;
            if (at < 0 || at >= size)
                continue;

            int day = _years.Bits.Next(from, _until);
            for (long skip = at / _times.Length; skip > 0; skip--)
                day = _years.Bits.Next(day + 1, _until);
            long wall = ((_years.Start + day) * 86400) + _times[at % _times.Length];
            int found = _chosen.BinarySearch(wall);
            if (found < 0)
                _chosen.Insert(~found, wall);
        }
    }

    private long IndexOf(long day)
    {
        var date = new DateTime(day * TimeSpan.TicksPerDay);
        return _rule.Frequency == Frequency.Yearly ? date.Year : (date.Year * 12L) + date.Month - 1;
    }

    // Day 0 is a Monday.
    private long WeekOf(long day) => day - ((day + 7 - _rule.WeekStart) % 7);
}
