namespace Reeve.Core.Schedules;

/// <summary>One generated instant with the offset that holds in the schedule's zone then.</summary>
internal readonly record struct Candidate(long UtcTicks, long OffsetTicks, bool IsDuplicate = false)
{
    public DateTimeOffset ToDateTimeOffset()
    {
        // Old local mean times have seconds in their offset, which this type cannot carry: the instant stays, the offset loses them.
        var offset = new TimeSpan(OffsetTicks - (OffsetTicks % TimeSpan.TicksPerMinute));
        return new DateTimeOffset(UtcTicks + offset.Ticks, offset);
    }
}
