using Reeve.Contract.Events;

namespace Reeve.Server.Events.Queries;

internal static class EventFilters
{
    private static readonly TimeSpan LookBack = TimeSpan.FromDays(180);

    /// <summary>Fills in the times that were not sent: from the start of the day 180 days ago until now.</summary>
    public static EventFilter Resolve(this EventFilter filter, DateTimeOffset now)
    {
        filter.Occurred.Since ??= new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero) - LookBack;
        filter.Occurred.Until ??= now;
        return filter;
    }
}
