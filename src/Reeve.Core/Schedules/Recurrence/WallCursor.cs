namespace Reeve.Core.Schedules.Recurrence;

/// <summary>Walks the wall times of a recurrence in rising order, in seconds of the proleptic Gregorian calendar. One user at a time.</summary>
internal abstract class WallCursor
{
    /// <summary>Wall seconds after which no recurrence is looked for: the calendar ends there, a day kept free for offsets.</summary>
    public static readonly long EndOfCalendar = (DateTime.MaxValue.Ticks / TimeSpan.TicksPerSecond) - (2 * 86400);

    /// <summary>Goes to the first wall time not before the given one, in a time that does not depend on the distance.</summary>
    public abstract void Seek(long from);

    /// <summary>The next wall time; false when there is none for ever.</summary>
    public abstract bool TryNext(out long wall);
}
