namespace Reeve.Core.Schedules.Recurrence;

/// <summary>A checked rule, ready to be walked. Its caches only ever gain facts that follow from the rule, so threads may share it.</summary>
internal sealed class RecurrenceRule
{
    private const long Unknown = long.MinValue;
    private long _last = Unknown;

    public RecurrenceRule(Frequency frequency, RuleParts parts, long anchor, DayFilter days, int[] expansions)
    {
        Frequency = frequency;
        Interval = parts.Interval;
        Count = parts.Count;
        Until = parts.Until?.WallSeconds;
        WeekStart = parts.WeekStart;
        Anchor = anchor;
        Days = days;
        Positions = parts.Positions;
        Expansions = expansions;
        if (IsStepped && Positions is not null)
        {
            // A period of one step has the same times each time: the positions can be chosen now.
            Expansions = [.. Positions.Select(at => at > 0 ? at - 1 : expansions.Length + at)
                .Where(at => at >= 0 && at < expansions.Length).Distinct().Order().Select(at => expansions[at])];
        }
    }

    public Frequency Frequency { get; }

    public long Interval { get; }

    public long? Count { get; }

    public long? Until { get; }

    public int WeekStart { get; }

    /// <summary>Wall seconds the rule counts from.</summary>
    public long Anchor { get; }

    public DayFilter Days { get; }

    /// <summary>BYSETPOS, for frequencies whose periods hold several days.</summary>
    public int[]? Positions { get; }

    /// <summary>Seconds from the start of a step (or of a day) at which it recurs, rising.</summary>
    public int[] Expansions { get; }

    public ulong? Hours { get; init; }

    public ulong? Minutes { get; init; }

    public ulong? Seconds { get; init; }

    /// <summary>Why the rule, though accepted, cannot be evaluated; or null.</summary>
    public string? Fault { get; init; }

    /// <summary>Whether periods are steps of fixed length: a day or less times the interval.</summary>
    public bool IsStepped => Frequency >= Frequency.Daily;

    /// <summary>Length of the frequency's unit in seconds, for stepped rules.</summary>
    public int Unit => Frequency switch
    {
        Frequency.Hourly => 3600,
        Frequency.Minutely => 60,
        Frequency.Secondly => 1,
        _ => 86400,
    };

    /// <summary>No recurrence is later than this, by UNTIL, COUNT or the end of the calendar. Counted once, then remembered.</summary>
    public long Last
    {
        get
        {
            long last = Volatile.Read(ref _last);
            if (last == Unknown)
            {
                last = Math.Min(Until ?? WallCursor.EndOfCalendar, WallCursor.EndOfCalendar);
                if (Count is { } count)
                    last = RecurrenceCounter.Last(this, count, last);
                Volatile.Write(ref _last, last);
            }

            return last;
        }
    }

    public WallCursor Open(long from) => Open(from, Last);

    public WallCursor Open(long from, long last)
    {
        WallCursor cursor = IsStepped ? new SteppedCursor(this, last) : new CalendarCursor(this, last);
        cursor.Seek(from);
        return cursor;
    }
}
