using Reeve.Settings.Views;

namespace Reeve.Server.WorkPools;

/// <summary>The instants before which a poll counts for nothing any more.</summary>
internal sealed record Cutoffs(DateTimeOffset Now, DateTimeOffset Deployments, DateTimeOffset Queues)
{
    public static Cutoffs At(DateTimeOffset now, ForemanSettings settings) =>
        new(now, now - settings.DeploymentLastPolledTimeout, now - settings.WorkQueueLastPolledTimeout);
}
