using System.Globalization;

namespace Reeve.Core.Schedules;

/// <summary>The text of an instant inside idempotency keys of scheduled runs.</summary>
public static class LocalTimeText
{
    /// <summary>
    /// <c>YYYY-MM-DD HH:MM:SS[.ffffff]±HH:MM</c>, the fraction only when it is not zero. Two servers must agree on it to the letter,
    /// or they schedule the same run twice.
    /// </summary>
    public static string Format(DateTimeOffset instant) => instant.ToString(
        instant.Ticks % TimeSpan.TicksPerSecond / TimeSpan.TicksPerMicrosecond == 0 ? "yyyy-MM-dd HH:mm:sszzz" : "yyyy-MM-dd HH:mm:ss.ffffffzzz",
        CultureInfo.InvariantCulture);
}
