namespace Reeve.Core.Schedules.Cron;

/// <summary>The seven positions of a cron expression, in the order they are written.</summary>
internal enum CronField
{
    Minute,
    Hour,
    Day,
    Month,
    Weekday,
    Second,
    Year,
}
