namespace Reeve.Core.Schedules.Recurrence;

/// <summary>A weekday (0 is Monday), with its place in the period (0: any; negative: counted from the end).</summary>
internal readonly record struct OrdinalWeekday(int Weekday, int Ordinal);
