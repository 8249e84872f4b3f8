using Reeve.Settings.Views;

namespace Reeve.Server.Deployments.Scheduling;

/// <summary>How far ahead runs are made.</summary>
/// <param name="Start">No run before.</param>
/// <param name="End">No run after.</param>
/// <param name="Until">Runs are made at least until then …</param>
/// <param name="MinRuns">… and at least so many …</param>
/// <param name="MaxRuns">… but never more of one schedule.</param>
internal sealed record SchedulingWindow(DateTimeOffset Start, DateTimeOffset End, DateTimeOffset Until, int MinRuns, int MaxRuns)
{
    public static SchedulingWindow From(DateTimeOffset start, SchedulerSettings settings) =>
        new(start, start + settings.MaxScheduledTime, start + settings.MinScheduledTime, settings.MinRuns, settings.MaxRuns);
}
