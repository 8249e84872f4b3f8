using System.Globalization;

namespace Reeve.Cli.Output;

/// <summary>Instants and spans for people.</summary>
internal static class TimeText
{
    public static string Instant(DateTimeOffset? instant) =>
        instant is { } given ? given.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture) : "-";

    /// <summary>Such as <c>3 min ago</c> or <c>in 20 s</c>.</summary>
    public static string Relative(DateTimeOffset? instant, DateTimeOffset now)
    {
        if (instant is not { } given) return "-";
        var distance = now - given;
        return distance >= TimeSpan.Zero ? $"{Span(distance)} ago" : $"in {Span(-distance)}";
    }

    public static string Span(TimeSpan span) => span switch
    {
        { TotalSeconds: < 120 } => $"{span.TotalSeconds:0.#} s",
        { TotalMinutes: < 120 } => $"{span.TotalMinutes:0} min",
        { TotalHours: < 48 } => $"{span.TotalHours:0} h",
        _ => $"{span.TotalDays:0} d",
    };
}
