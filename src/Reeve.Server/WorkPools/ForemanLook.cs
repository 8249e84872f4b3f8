using Reeve.Settings.Views;

namespace Reeve.Server.WorkPools;

/// <summary>What the foreman saw in one look.</summary>
/// <param name="Workers">The online workers by the heartbeat interval they say in seconds, with the oldest heartbeat of each kind.</param>
/// <param name="HasIdlePools">Whether there is a ready pool without an online worker.</param>
/// <param name="Deployments">Ready deployments that nobody has polled for too long.</param>
/// <param name="Queues">Ready queues that nobody has polled for too long, longest first.</param>
/// <param name="OldestQueuePoll">The oldest poll of a ready queue that is recent enough.</param>
internal sealed record ForemanLook(
    IReadOnlyList<(int Interval, DateTimeOffset Oldest)> Workers, bool HasIdlePools, IReadOnlyList<Guid> Deployments, IReadOnlyList<Guid> Queues,
    DateTimeOffset? OldestQueuePoll)
{
    /// <summary>When the next worker or queue will have been silent for too long, if none speaks until then.</summary>
    public DateTimeOffset? NextDue(ForemanSettings settings)
    {
        DateTimeOffset? next = OldestQueuePoll + settings.WorkQueueLastPolledTimeout;
        foreach (var (interval, oldest) in Workers)
        {
            var silent = oldest + ForemanStore.Silence(interval, settings);
            if (next is null || silent < next) next = silent;
        }
        // After, not at, the last moment of grace.
        return next?.AddTicks(TimeSpan.TicksPerMicrosecond);
    }
}
