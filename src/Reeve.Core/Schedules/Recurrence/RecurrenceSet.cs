namespace Reeve.Core.Schedules.Recurrence;

/// <summary>Rules and dates united, less excluded rules and dates.</summary>
internal sealed class RecurrenceSet
{
    public RecurrenceSet(RecurrenceRule rule)
        : this([rule], [], [], [], isSet: false)
    {
    }

    public RecurrenceSet(RecurrenceRule[] rules, RecurrenceRule[] excludedRules, List<long> dates, List<long> excludedDates, bool isSet)
    {
        Rules = rules;
        ExcludedRules = excludedRules;
        Dates = [.. dates.Distinct().Order()];
        ExcludedDates = [.. excludedDates.Distinct().Order()];
        IsSet = isSet;
        foreach (var rule in rules.Concat(excludedRules))
            Fault ??= rule.Fault;
    }

    public RecurrenceRule[] Rules { get; }

    public RecurrenceRule[] ExcludedRules { get; }

    /// <summary>Wall seconds of RDATE, rising.</summary>
    public long[] Dates { get; }

    /// <summary>Wall seconds of EXDATE, rising.</summary>
    public long[] ExcludedDates { get; }

    /// <summary>Whether it is more than one plain rule.</summary>
    public bool IsSet { get; }

    /// <summary>Why it cannot be evaluated though it was accepted; or null.</summary>
    public string? Fault { get; }

    public WallCursor Open(long from)
    {
        if (!IsSet)
            return Rules[0].Open(from);
        var cursor = new SetCursor(this);
        cursor.Seek(from);
        return cursor;
    }
}
