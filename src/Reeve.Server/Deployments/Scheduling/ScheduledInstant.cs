using System.Globalization;

namespace Reeve.Server.Deployments.Scheduling;

/// <summary>The instant of a scheduled run as text.</summary>
internal static class ScheduledInstant
{
    /// <summary>Wall time with offset as in idempotency keys, the fraction only where there is one: <c>2026-10-31 01:30:00-04:00</c>.</summary>
    public static string Key(DateTimeOffset at) =>
        at.ToString(at.Ticks % TimeSpan.TicksPerSecond == 0 ? "yyyy-MM-dd HH:mm:sszzz" : "yyyy-MM-dd HH:mm:ss.ffffffzzz", CultureInfo.InvariantCulture);

    /// <summary>As the database takes it out of a JSON text.</summary>
    public static string Stored(DateTimeOffset at, bool sqlite) =>
        at.UtcDateTime.ToString(sqlite ? "yyyy-MM-dd HH:mm:ss.ffffff" : "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
}
