using Reeve.Data;
using Reeve.Server.Events;
using Reeve.Server.Services;

namespace Reeve.Server.Automations.Actions;

/// <summary>
/// Does the actions of automations that fired. An action is leased by one process at a time and its end is recorded once,
/// together with the events that tell of it. What is refused has failed; what could not be reached is tried again, with longer
/// and longer pauses, and is given up as dead after <see cref="MostAttempts"/>. A pass does not wait for an address that takes
/// long to answer: such actions go on beside the passes that follow.
/// </summary>
internal sealed partial class ActionService(Db db, ActionRunner runner, TimeProvider clock, ILogger<ActionService> log) : Service
{
    public const int MostAttempts = 4;
    private const int AtOnce = 16;

    /// <summary>Actions under way at most, those that take long among them.</summary>
    private const int MostUnderWay = 256;

    /// <summary>How long a pass waits for the actions it has begun.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>How long one attempt may take. The lease is longer, so that nobody else begins while it still runs.</summary>
    private static readonly TimeSpan LongestAttempt = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan Kept = TimeSpan.FromDays(7);
    private static readonly TimeSpan SweepEvery = TimeSpan.FromHours(1);

    private readonly List<Claim> _claims = [];
    private DateTimeOffset _lastSweep = DateTimeOffset.MinValue;

    public override ServiceInfo Info { get; } = ServiceCatalogue.Actions;

    /// <summary>Other processes' firings are signalled only to themselves; they do them unless they run no services.</summary>
    public override TimeSpan Interval => TimeSpan.FromSeconds(5);

    public override IReadOnlyList<string> Topics => [DbTopics.Actions];

    public override async Task<ServiceOutcome> RunOnceAsync(CancellationToken cancel)
    {
        await CollectAsync();
        var now = clock.GetUtcNow();
        var room = Math.Min(AtOnce, MostUnderWay - _claims.Sum(static claim => claim.Left));
        var tasks = 0;
        if (room > 0)
        {
            var owner = Guid.NewGuid();
            var claimed = await ActionQueue.ClaimAsync(db, owner, now, Lease, room, cancel);
            tasks = claimed.Count;
            if (tasks > 0) await BeginAsync(claimed, owner, cancel);
        }
        if (tasks == AtOnce) return new ServiceOutcome(tasks, More: true);
        if (now - _lastSweep >= SweepEvery)
        {
            await ActionQueue.SweepAsync(db, now - Kept, 1000, cancel);
            _lastSweep = now;
        }
        // Without room whatever ends wakes this service.
        return new ServiceOutcome(tasks, room > 0 ? await ActionQueue.NextDueAsync(db, now, cancel) : null);
    }

    /// <summary>Lets the actions under way end. What is not done by then is left to others, who need not wait for the end of its lease.</summary>
    public override async Task EndAsync(CancellationToken abandon)
    {
        await Task.WhenAll(_claims.Select(static claim => claim.Work)).WaitAsync(abandon).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (var claim in _claims)
        {
            await claim.Abandon.CancelAsync();
            await claim.Work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            try
            {
                await ActionQueue.ReleaseAsync(db, claim.Owner, clock.GetUtcNow(), CancellationToken.None);
            }
            catch (DatabaseException)
            {
                // Then its lease has to end.
            }
            claim.Dispose();
        }
        _claims.Clear();
    }

    /// <summary>Begins actions, and waits for them unless they take long.</summary>
    private async Task BeginAsync(List<ActionTask> tasks, Guid owner, CancellationToken cancel)
    {
        var claim = new Claim(owner, tasks.Count);
        _claims.Add(claim);
        claim.Work = Task.WhenAll(tasks.OrderBy(static task => task.Index).GroupBy(static task => task.FiringId).Select(firing => InOrderAsync([.. firing], claim)));
        await claim.Work.WaitAsync(Patience, clock, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        cancel.ThrowIfCancellationRequested();
        if (claim.Work.IsCompleted) await CollectAsync();
        else _ = claim.Work.ContinueWith(_ => db.Signals.Raise(DbTopics.Actions), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    /// <summary>Forgets claims that ended; the fault of one, which is the database's, becomes this pass's.</summary>
    private async Task CollectAsync()
    {
        while (_claims.Find(static claim => claim.Work.IsCompleted) is { } ended)
        {
            _claims.Remove(ended);
            ended.Dispose();
            await ended.Work;
        }
    }

    /// <summary>Actions of one firing are done one after the other, those of different firings side by side.</summary>
    private async Task InOrderAsync(ActionTask[] tasks, Claim claim)
    {
        var cancel = claim.Abandon.Token;
        try
        {
            foreach (var task in tasks)
            {
                // Those before it have used up some of the lease, which must last for an attempt and for the others' turn.
                if (task != tasks[0] && !(await ActionQueue.RenewAsync(db, task.FiringId, claim.Owner, clock.GetUtcNow() + Lease, cancel)).Contains(task.Id)) continue;
                await DoAsync(task, claim.Owner, cancel);
            }
        }
        finally
        {
            claim.Done(tasks.Length);
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
            await RecordAsync(task, owner, action, report, ActionQueue.Done, null, cancel);
        }
        catch (ActionFailure failure) when (action is not null)
        {
            LogFailed(log, task.Type, task.Id, task.AutomationId, failure.Message);
            await RecordAsync(task, owner, action, report, ActionQueue.Failed, failure.Message, cancel);
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
        await RecordAsync(task, owner, action, report, ActionQueue.Dead, reason, cancel);
    }

    /// <summary>Records the end and tells of it, unless the lease was lost and somebody else will.</summary>
    private async Task RecordAsync(
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

    /// <summary>Actions that were taken together.</summary>
    private sealed class Claim(Guid owner, int actions) : IDisposable
    {
        private int _left = actions;

        public Guid Owner => owner;

        /// <summary>Actions whose firing is not through.</summary>
        public int Left => Volatile.Read(ref _left);

        public CancellationTokenSource Abandon { get; } = new();

        public Task Work { get; set; } = Task.CompletedTask;

        public void Done(int count) => Interlocked.Add(ref _left, -count);

        public void Dispose() => Abandon.Dispose();
    }

    [LoggerMessage(3120, LogLevel.Warning, "Action {Type} {Id} of automation {Automation} failed: {Reason}")]
    private static partial void LogFailed(ILogger log, string type, Guid id, Guid automation, string reason);

    [LoggerMessage(3121, LogLevel.Warning, "Action {Type} {Id} of automation {Automation} is tried again: {Reason}")]
    private static partial void LogAgain(ILogger log, string type, Guid id, Guid automation, string reason);

    [LoggerMessage(3122, LogLevel.Error, "Action {Type} {Id} of automation {Automation} is given up: {Reason}")]
    private static partial void LogDead(ILogger log, string type, Guid id, Guid automation, string reason, Exception error);
}
