using System.Numerics;

namespace Reeve.Core.Schedules.Recurrence;

/// <summary>
/// Walks a rule that steps by a fixed number of seconds (DAILY to SECONDLY). Where a step falls on a day, hour, minute or second that is
/// not allowed it goes to the first step after the next allowed one, never through the steps between.
/// </summary>
internal sealed class SteppedCursor : WallCursor
{
    private readonly RecurrenceRule _rule;
    private readonly long _last;
    private readonly long _origin;
    private readonly long _step;
    private readonly long _cycle;
    private readonly int[] _expansions;
    private readonly YearWindow _years;

    private long _from;
    private long _next;
    private long _base;
    private int _at;

    public SteppedCursor(RecurrenceRule rule, long last)
    {
        _rule = rule;
        _last = last;
        _origin = rule.Anchor - (rule.Anchor % rule.Unit);
        _step = rule.Interval * rule.Unit;
        _expansions = rule.Expansions;
        _years = new YearWindow(rule.Days);
        _cycle = CycleOf(rule, _step);
    }

    public override void Seek(long from)
    {
        _from = Math.Max(from, _rule.Anchor);
        _at = _expansions.Length;
        _next = _expansions.Length == 0 ? long.MaxValue : Align(_from - _expansions[^1]);
    }

    public override bool TryNext(out long wall)
    {
        while (true)
        {
            if (_at < _expansions.Length)
            {
                wall = _base + _expansions[_at++];
                return wall <= _last;
            }

            wall = 0;
            if (!TryFindBase())
                return false;

            _base = _next;
            _next += _step;
            _at = 0;
            if (_base < _from)
            {
                int found = Array.BinarySearch(_expansions, (int)Math.Min(_from - _base, 86400));
                _at = found < 0 ? ~found : found;
            }
        }
    }

    private bool TryFindBase()
    {
        long start = _next;
        while (_next <= _last)
        {
            long target = NextAllowed(_next);
            if (target == _next)
                return true;
            if (target < 0)
                return false;

            _next = Align(target);

            // One full turn of calendar and interval without a hit proves that there will never be one.
            if (_next - start >= _cycle)
                return false;
        }

        return false;
    }

    // The time itself when it is allowed, else the start of the next allowed unit; -1 when no day is ever allowed.
    private long NextAllowed(long time)
    {
        if (!_rule.Days.IsOpen)
        {
            long day = time / 86400;
            long allowed = _years.Next(day);
            if (allowed != day)
                return allowed < 0 ? -1 : allowed * 86400;
        }

        if (_rule.Hours is { } hours && !Allows(hours, time / 3600 % 24))
            return NextUnit(time, hours, 3600, 24);
        if (_rule.Minutes is { } minutes && !Allows(minutes, time / 60 % 60))
            return NextUnit(time, minutes, 60, 60);
        if (_rule.Seconds is { } seconds && !Allows(seconds, time % 60))
            return NextUnit(time, seconds, 1, 60);
        return time;
    }

    private static bool Allows(ulong bits, long value) => (bits & (1UL << (int)value)) != 0;

    private static long NextUnit(long time, ulong bits, int unit, int size)
    {
        long whole = (long)unit * size;
        long start = time - (time % whole);
        int value = (int)(time / unit % size);
        ulong later = value + 1 >= size ? 0 : bits & (ulong.MaxValue << (value + 1));
        return later == 0 ? start + whole : start + ((long)BitOperations.TrailingZeroCount(later) * unit);
    }

    private long Align(long target)
    {
        if (target <= _origin)
            return _origin;
        long steps = (target - _origin + _step - 1) / _step;
        return _origin + (steps * _step);
    }

    private static long CycleOf(RecurrenceRule rule, long step)
    {
        const long calendar = 146097L * 86400;
        if (!rule.Days.RepeatsWithCalendar)
            return long.MaxValue;
        Int128 cycle = (Int128)(step / RuleBuilder.Gcd(step, calendar)) * calendar;
        return cycle > long.MaxValue ? long.MaxValue : (long)cycle;
    }
}
