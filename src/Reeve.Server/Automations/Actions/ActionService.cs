using Reeve.Data;
using Reeve.Server.Events;
using Reeve.Server.Services;

namespace Reeve.Server.Automations.Actions;

/// <summary>
/// Does the actions of automations that fired. An action is leased by one process at a time and its end is recorded once,
/// together with the events that tell of it. What is refused has failed; what could not be reached is tried again, with longer
/// and longer pauses, and is given up as dead after <see cref="MostAttempts"/>.
/// </summary>
internal sealed partial class ActionService(Db db, ActionRunner runner, TimeProvider clock, ILogger<ActionService> log) : Service
{
    public const int MostAttempts = 4;
    private const int AtOnce = 16;

    /// <summary>How long one attempt may take. The lease is longer, so that nobody else begins while it still runs.</summary>
    private static readonly TimeSpan LongestAttempt = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan Kept = TimeSpan.FromDays(7);
    private static readonly TimeSpan SweepEvery = TimeSpan.FromHours(1);

    private DateTimeOffset _lastSweep = DateTimeOffset.MinValue;

    public override ServiceInfo Info { get; } = ServiceCatalogue.Actions;

    /// <summary>Other processes' firings are signalled only to themselves; they do them unless they run no services.</summary>
    public override TimeSpan Interval => TimeSpan.FromSeconds(5);

    public override IReadOnlyList<string> Topics => [DbTopics.Actions];

    public override async Task<ServiceOutcome> RunOnceAsync(CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var owner = Guid.NewGuid();
        var tasks = await ActionQueue.ClaimAsync(db, owner, now, Lease, AtOnce, cancel);
        try
        {
            await Task.WhenAll(tasks.OrderBy(static task => task.Index).GroupBy(static task => task.FiringId).Select(firing => InOrderAsync(firing, owner, cancel)));
        }
        finally
        {
            // A process that stops leaves to others what it has not done, and does not have them wait for the end of its lease.
            if (cancel.IsCancellationRequested) await ActionQueue.ReleaseAsync(db, owner, clock.GetUtcNow(), CancellationToken.None);
        }
        if (tasks.Count == AtOnce) return new ServiceOutcome(tasks.Count, More: true);
        if (now - _lastSweep >= SweepEvery)
        {
            await ActionQueue.SweepAsync(db, now - Kept, 1000, cancel);
            _lastSweep = now;
        }
        return new ServiceOutcome(tasks.Count, await ActionQueue.NextDueAsync(db, now, cancel));
    }

    /// <summary>Actions of one firing are done one after the other, those of different firings side by side.</summary>
    private async Task InOrderAsync(IEnumerable<ActionTask> tasks, Guid owner, CancellationToken cancel)
    {
        var waited = false;
        foreach (var task in tasks)
        {
            // Those before it have used up some of the lease, which must last for an attempt and for the others' turn.
            if (waited && !(await ActionQueue.RenewAsync(db, task.FiringId, owner, clock.GetUtcNow() + Lease, cancel)).Contains(task.Id)) continue;
            await DoAsync(task, owner, cancel);
            waited = true;
        }
    }

    private async Task DoAsync(ActionTask task, Guid owner, CancellationToken cancel)
    {
        var report = new ActionReport();
        TriggeredAction? action = null;
        try
        {
            action = TriggeredAction.Of(task);
            using var deadline = new CancellationTokenSource(LongestAttempt, clock);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancel);
            await runner.RunAsync(action, report, either.Token);
            await EndAsync(task, owner, action, report, ActionQueue.Done, null, cancel);
        }
        catch (ActionFailure failure) when (action is not null)
        {
            LogFailed(log, task.Type, task.Id, task.AutomationId, failure.Message);
            await EndAsync(task, owner, action, report, ActionQueue.Failed, failure.Message, cancel);
        }
        catch (Exception error) when (!cancel.IsCancellationRequested)
        {
            await AgainAsync(task, owner, action, report, error, cancel);
        }
    }

    private async Task AgainAsync(ActionTask task, Guid owner, TriggeredAction? action, ActionReport report, Exception error, CancellationToken cancel)
    {
        var reason = error is OperationCanceledException ? $"it took longer than {LongestAttempt.TotalSeconds:0} seconds" : error.Message;
        if (task.Attempts < MostAttempts && action is not null)
        {
            LogAgain(log, task.Type, task.Id, task.AutomationId, reason);
            var pause = TimeSpan.FromSeconds(Math.Pow(4, task.Attempts - 1));
            await ActionQueue.RetryAsync(db, task, owner, reason, clock.GetUtcNow() + pause, cancel);
            return;
        }
        LogDead(log, task.Type, task.Id, task.AutomationId, reason, error);
        await EndAsync(task, owner, action, report, ActionQueue.Dead, reason, cancel);
    }

    /// <summary>Records the end and tells of it, unless the lease was lost and somebody else will.</summary>
    private async Task EndAsync(
        ActionTask task, Guid owner, TriggeredAction? action, ActionReport report, string status, string? reason, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var batch = new SqlBatch();
        if (action is not null)
        {
            var (triggered, ended) = ActionEvents.Of(action, report, reason, now);
            Outbox.AddIf(batch, triggered, ActionQueue.Holds(task, owner));
            Outbox.AddIf(batch, ended, ActionQueue.Holds(task, owner));
        }
        ActionQueue.Finish(batch, task, owner, status, reason, now);
        await db.WriteAsync(batch, cancel);
    }

    [LoggerMessage(3120, LogLevel.Warning, "Action {Type} {Id} of automation {Automation} failed: {Reason}")]
    private static partial void LogFailed(ILogger log, string type, Guid id, Guid automation, string reason);

    [LoggerMessage(3121, LogLevel.Warning, "Action {Type} {Id} of automation {Automation} is tried again: {Reason}")]
    private static partial void LogAgain(ILogger log, string type, Guid id, Guid automation, string reason);

    [LoggerMessage(3122, LogLevel.Error, "Action {Type} {Id} of automation {Automation} is given up: {Reason}")]
    private static partial void LogDead(ILogger log, string type, Guid id, Guid automation, string reason, Exception error);
}
