using Reeve.Settings.Views;

namespace Reeve.Server.Deployments.Scheduling;

/// <summary>Makes the coming runs of deployments: reads their schedules, plans, inserts what is missing.</summary>
internal sealed class RunScheduling(ScheduledRunStore store, ServerSettings settings)
{
    /// <param name="deployments">Which deployments.</param>
    /// <param name="pausedToo">Also those that are paused, or were since the caller chose them.</param>
    /// <param name="window">How far ahead.</param>
    /// <param name="now">The time of writing.</param>
    /// <param name="failed">Told of a deployment whose schedules cannot be evaluated; it gets no runs.</param>
    /// <param name="cancel">Ends it between two transactions.</param>
    /// <returns>The number of runs made.</returns>
    public async Task<int> ScheduleAsync(
        IReadOnlyCollection<Guid> deployments, bool pausedToo, SchedulingWindow window, DateTimeOffset now, Action<Guid, Exception?> failed,
        CancellationToken cancel)
    {
        var sources = await store.ReadAsync(deployments, pausedToo, cancel);
        var planned = new List<ScheduledRun>();
        foreach (var ofDeployment in sources.GroupBy(static source => source.DeploymentId))
        {
            try
            {
                planned.AddRange(ScheduledRunPlanner.Plan(ofDeployment, window));
                failed(ofDeployment.Key, null);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                failed(ofDeployment.Key, error);
            }
        }
        if (planned.Count == 0) return 0;
        var missing = await store.MissingAsync(planned, cancel);
        var inserted = 0;
        foreach (var chunk in missing.Chunk(settings.Services.Scheduler.InsertBatchSize)) inserted += await store.InsertAsync(chunk, now, cancel);
        return inserted;
    }
}
