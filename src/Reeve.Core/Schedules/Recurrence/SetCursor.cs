namespace Reeve.Core.Schedules.Recurrence;

/// <summary>Merges the rules and dates of a set and leaves out what it excludes.</summary>
internal sealed class SetCursor(RecurrenceSet set) : WallCursor
{
    // A set whose exclusions swallow its rules has no short proof of it; so much in a row counts as never.
    private const int MostExcluded = 200_000;

    private readonly WallCursor?[] _rules = new WallCursor?[set.Rules.Length];
    private readonly long[] _heads = new long[set.Rules.Length];
    private readonly WallCursor?[] _excluded = new WallCursor?[set.ExcludedRules.Length];
    private readonly long[] _excludedHeads = new long[set.ExcludedRules.Length];
    private int _date;

    public override void Seek(long from)
    {
        for (int i = 0; i < _rules.Length; i++)
        {
            _rules[i] = set.Rules[i].Open(from);
            Advance(_rules, _heads, i);
        }

        for (int i = 0; i < _excluded.Length; i++)
        {
            _excluded[i] = set.ExcludedRules[i].Open(from);
            Advance(_excluded, _excludedHeads, i);
        }

        int found = Array.BinarySearch(set.Dates, from);
        _date = found < 0 ? ~found : found;
    }

    public override bool TryNext(out long wall)
    {
        for (int excluded = 0; excluded < MostExcluded; excluded++)
        {
            wall = _date < set.Dates.Length ? set.Dates[_date] : long.MaxValue;
            foreach (long head in _heads)
                wall = Math.Min(wall, head);
            if (wall > EndOfCalendar)
                return false;

            if (_date < set.Dates.Length && set.Dates[_date] == wall)
                _date++;
            for (int i = 0; i < _heads.Length; i++)
            {
                if (_heads[i] == wall)
                    Advance(_rules, _heads, i);
            }

            if (!IsExcluded(wall))
                return true;
        }

        wall = 0;
        return false;
    }

    private bool IsExcluded(long wall)
    {
        if (Array.BinarySearch(set.ExcludedDates, wall) >= 0)
            return true;

        for (int i = 0; i < _excluded.Length; i++)
        {
            if (_excludedHeads[i] < wall)
            {
                _excluded[i]!.Seek(wall);
                Advance(_excluded, _excludedHeads, i);
            }

            if (_excludedHeads[i] == wall)
                return true;
        }

        return false;
    }

    private static void Advance(WallCursor?[] cursors, long[] heads, int i) =>
        heads[i] = cursors[i]!.TryNext(out long next) ? next : long.MaxValue;
}
