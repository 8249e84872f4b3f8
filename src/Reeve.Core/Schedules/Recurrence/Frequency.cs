namespace Reeve.Core.Schedules.Recurrence;

/// <summary>The unit a recurrence rule steps in, coarsest first.</summary>
internal enum Frequency
{
    Yearly,
    Monthly,
    Weekly,
    Daily,
    Hourly,
    Minutely,
    Secondly,
}
