using Reeve.Data;
using Reeve.Server.Services;
using Reeve.Settings.Views;

namespace Reeve.Server.Deployments.Scheduling;

/// <summary>
/// Keeps runs ahead of every active schedule. It is woken by each change of a deployment or schedule; the loop interval
/// serves the passing of time and changes that others made in the database.
/// </summary>
internal sealed partial class Scheduler(
    RunScheduling scheduling, ScheduledRunStore store, ServerSettings settings, TimeProvider clock, ILogger<Scheduler> log) : Service
{
    // Deployments whose schedules failed the last time, so that each is told of once and not every minute.
    private readonly HashSet<Guid> _broken = [];

    public override ServiceInfo Info => ServiceCatalogue.Scheduler;

    public override TimeSpan Interval => settings.Services.Scheduler.Loop;

    public override IReadOnlyList<string> Topics => [DbTopics.Deployments];

    public override async Task<ServiceOutcome> RunOnceAsync(CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        now = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
        var window = SchedulingWindow.From(now, settings.Services.Scheduler);
        var size = settings.Services.Scheduler.DeploymentBatchSize;
        var made = 0;
        Guid? last = null;
        while (true)
        {
            var page = await store.LackingAsync(window, last, size, cancel);
            if (page.Count > 0) made += await scheduling.ScheduleAsync(page, pausedToo: false, window, now, Note, cancel);
            if (page.Count < size) break;
            last = page[^1];
        }
        if (made > 0) LogScheduled(log, made);
        return new ServiceOutcome(made);
    }

    private void Note(Guid deployment, Exception? error)
    {
        if (error is null) _broken.Remove(deployment);
        else if (_broken.Add(deployment)) LogBroken(log, deployment, error.Message);
    }

    [LoggerMessage(2101, LogLevel.Debug, "Scheduled {Runs} runs")]
    private static partial void LogScheduled(ILogger log, int runs);

    [LoggerMessage(2102, LogLevel.Error, "Deployment {Deployment} gets no runs, a schedule of it cannot be evaluated: {Message}")]
    private static partial void LogBroken(ILogger log, Guid deployment, string message);
}
