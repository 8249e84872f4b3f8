namespace Reeve.Core.Schedules.Recurrence;

/// <summary>The parts of one rule as they were written; null means not written.</summary>
internal sealed class RuleParts
{
    public Frequency? Frequency { get; set; }

    public long Interval { get; set; } = 1;

    public long? Count { get; set; }

    public RecurrenceDate? Until { get; set; }

    /// <summary>First day of the week, 0 is Monday.</summary>
    public int WeekStart { get; set; }

    public int[]? Positions { get; set; }

    public int[]? Months { get; set; }

    public int[]? MonthDays { get; set; }

    public int[]? YearDays { get; set; }

    public int[]? Easter { get; set; }

    public int[]? WeekNumbers { get; set; }

    public OrdinalWeekday[]? Weekdays { get; set; }

    public int[]? Hours { get; set; }

    public int[]? Minutes { get; set; }

    public int[]? Seconds { get; set; }
}
