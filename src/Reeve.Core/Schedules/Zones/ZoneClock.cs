using NodaTime;
using NodaTime.TimeZones;

namespace Reeve.Core.Schedules.Zones;

/// <summary>
/// Converts between wall time and instants of one zone, in ticks of the proleptic Gregorian calendar. Remembers the stretch between two
/// clock changes it was last asked about, so that walking through time costs a comparison and an addition. One user at a time.
/// </summary>
internal sealed class ZoneClock(DateTimeZone zone)
{
    // Wall times inside this range happen exactly once, at this offset.
    private long _wallFrom = long.MaxValue;
    private long _wallUntil = long.MinValue;
    private long _wallOffset;

    private long _utcFrom = long.MaxValue;
    private long _utcUntil = long.MinValue;
    private long _utcOffset;

    /// <summary>The offset that holds at an instant.</summary>
    public long OffsetAt(long utcTicks)
    {
        if (utcTicks >= _utcFrom && utcTicks < _utcUntil)
            return _utcOffset;

        var interval = zone.GetZoneInterval(ToInstant(utcTicks));
        _utcFrom = StartOf(interval);
        _utcUntil = EndOf(interval);
        _utcOffset = interval.WallOffset.Ticks;
        return _utcOffset;
    }

    /// <summary>
    /// Finds the offsets around a wall time. An ordinary one has the same twice; a repeated or skipped one has the offset before and the
    /// offset after the change.
    /// </summary>
    public WallKind Look(long wallTicks, out long before, out long after)
    {
        if (wallTicks >= _wallFrom && wallTicks < _wallUntil)
        {
            before = after = _wallOffset;
            return WallKind.Ordinary;
        }

        var mapping = zone.MapLocal(LocalDateTime.FromDateTime(new DateTime(wallTicks)));
        before = mapping.EarlyInterval.WallOffset.Ticks;
        after = mapping.LateInterval.WallOffset.Ticks;
        switch (mapping.Count)
        {
            case 0:
                return WallKind.Skipped;
            case 1:
                Remember(mapping.EarlyInterval);
                return WallKind.Ordinary;
            default:
                return WallKind.Repeated;
        }
    }

    private void Remember(ZoneInterval interval)
    {
        long offset = interval.WallOffset.Ticks;
        long from = DateTime.MinValue.Ticks;
        long until = DateTime.MaxValue.Ticks;
        if (interval.HasStart && StartOf(interval) is var start and > 0)
        {
            long earlier = zone.GetZoneInterval(interval.Start - Duration.Epsilon).WallOffset.Ticks;
            from = start + Math.Max(offset, earlier);
        }

        if (interval.HasEnd && EndOf(interval) is var end && end < DateTime.MaxValue.Ticks)
        {
            long later = zone.GetZoneInterval(interval.End).WallOffset.Ticks;
            until = end + Math.Min(offset, later);
        }

        (_wallFrom, _wallUntil, _wallOffset) = (from, until, offset);
    }

    private static long StartOf(ZoneInterval interval) =>
        interval.HasStart ? Math.Max(0, interval.Start.ToUnixTimeTicks() + DateTime.UnixEpoch.Ticks) : 0;

    private static long EndOf(ZoneInterval interval) =>
        interval.HasEnd ? interval.End.ToUnixTimeTicks() + DateTime.UnixEpoch.Ticks : long.MaxValue;

    private static Instant ToInstant(long utcTicks) => Instant.FromUnixTimeTicks(utcTicks - DateTime.UnixEpoch.Ticks);
}
