using Reeve.Core.Automations;
using Reeve.Data;
using Reeve.Server.Services;
using Reeve.Settings.Views;

namespace Reeve.Server.Automations.Triggers;

/// <summary>
/// What triggers need beside events: the ends of windows that proactive triggers wait for, events whose leader has come or
/// will not come any more, and the removal of windows that are over. It sleeps until the next of these is due.
/// </summary>
internal sealed class ProactiveTriggers(
    Db db, AutomationCache cache, ReactiveTriggers reactive, ServerSettings settings, TimeProvider clock) : Service
{
    private const int MostAtOnce = 500;

    /// <summary>How soon events that wait are looked at again: their leader may be in a transaction that is still open.</summary>
    private static readonly TimeSpan FollowersAgain = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan SweepEvery = TimeSpan.FromMinutes(1);

    private DateTimeOffset _lastSweep = DateTimeOffset.MinValue;

    public override ServiceInfo Info { get; } = ServiceCatalogue.ProactiveTriggers;

    public override TimeSpan Interval => SweepEvery;

    public override IReadOnlyList<string> Topics => [DbTopics.Automations, DbTopics.Buckets];

    public override async Task<ServiceOutcome> RunOnceAsync(CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var (released, waiting) = await ReleaseFollowersAsync(now, cancel);
        var (ended, next, behind) = await EvaluateWindowsAsync(now, cancel);
        var more = released == MostAtOnce || ended == MostAtOnce;
        if (!more) await SweepAsync(now, cancel);
        if (waiting > 0 || behind) next = Earlier(next, now + FollowersAgain);
        // Windows that another process began are not signalled here; where there can be any, look as often as the setting says.
        if (next is not null) next = Earlier(next, now + settings.Events.ProactiveGranularity);
        return new ServiceOutcome(released + ended, next, more);
    }

    private Task<(int Released, int Waiting)> ReleaseFollowersAsync(DateTimeOffset now, CancellationToken cancel) => db.TransactionAsync(async transaction =>
    {
        var batch = new SqlBatch();
        var snapshot = AutomationCache.Ask(batch);
        var waiting = FollowerStore.Count(batch);
        await transaction.RunAsync(batch);
        if (waiting.Value == 0) return (0, 0);
        var taken = await FollowerStore.TakeReleasedAsync(transaction, now - CausalOrder.Lookback, MostAtOnce);
        if (taken.Count == 0) return (0, waiting.Value);
        var set = await cache.CurrentAsync(transaction, snapshot.Value);
        await reactive.EvaluateAsync(transaction, set, [.. taken.OrderBy(static told => told.Occurred)], [], now);
        return (taken.Count, waiting.Value - taken.Count);
    }, cancel);

    /// <summary>How many windows had ended, when the next one ends, and whether events wait that may still be counted.</summary>
    private Task<(int Ended, DateTimeOffset? Next, bool Behind)> EvaluateWindowsAsync(DateTimeOffset now, CancellationToken cancel) =>
        db.TransactionAsync(async transaction =>
        {
            var batch = new SqlBatch();
            var snapshot = AutomationCache.Ask(batch);
            var oldest = batch.One($"select created from reeve_outbox order by id limit 1", static row => (DateTimeOffset?)row.GetInstant(0));
            await transaction.RunAsync(batch);
            var set = await cache.CurrentAsync(transaction, snapshot.Value);
            if (set.Proactive.Count == 0) return (0, (DateTimeOffset?)null, false);
            // Absence is judged only up to the oldest event that was not delivered yet.
            var asOf = oldest.Value < now ? oldest.Value.Value : now;
            var due = await DueAsync(transaction, set, asOf);
            var ended = 0;
            if (due.Count > 0) (set, ended) = await EvaluateAsync(transaction, set, due, asOf, now);
            return (ended, await NextEndAsync(transaction, set), asOf < now);
        }, cancel);

    /// <summary>The automations that have something to do, without locking any.</summary>
    private static async Task<List<Guid>> DueAsync(SqlTransaction transaction, AutomationSet set, DateTimeOffset asOf)
    {
        var (automations, triggers, standing) = Ids(set);
        var batch = new SqlBatch();
        var ended = BucketStore.ReadEnded(batch, automations, triggers, asOf, MostAtOnce);
        var there = BucketStore.WithBucket(batch, automations, [.. standing.Keys]);
        await transaction.RunAsync(batch);
        var missing = standing.Keys.Except(there.Value).Select(id => standing[id].Automation.Id);
        return [.. ended.Value.Select(static one => one.Place.Automation).Concat(missing).Distinct()];
    }

    private async Task<(AutomationSet Set, int Ended)> EvaluateAsync(
        SqlTransaction transaction, AutomationSet set, List<Guid> due, DateTimeOffset asOf, DateTimeOffset now)
    {
        var batch = new SqlBatch();
        var locked = BucketStore.Lock(batch, due);
        var snapshot = AutomationCache.Ask(batch);
        var firings = BucketStore.ReadChildFirings(batch, due);
        await transaction.RunAsync(batch);
        if (snapshot.Value != set.Snapshot) set = await cache.ReloadAsync(transaction);
        var held = locked.Value.ConvertAll(static row => row.Id);
        var triggers = set.Proactive.Values.Where(trigger => held.Contains(trigger.Automation.Id)).ToList();
        batch = new SqlBatch();
        var ended = BucketStore.ReadEnded(batch, held, triggers.ConvertAll(static trigger => trigger.Rule.Id), asOf, MostAtOnce);
        var there = BucketStore.WithBucket(batch, held, triggers.ConvertAll(static trigger => trigger.Rule.Id));
        await transaction.RunAsync(batch);

        var session = new TriggerSession(now);
        session.Take(firings.Value);
        session.Take(ended.Value);
        foreach (var trigger in triggers)
        {
            if (trigger.IsStanding && !there.Value.Contains(trigger.Rule.Id)) session.Stand(trigger, asOf);
        }
        var inOrder = ended.Value.OrderBy(static one => one.Place.Automation).ThenBy(one => set.Proactive[one.Place.Trigger].Position).ThenBy(static one => one.Bucket.Start)
            .ThenBy(static one => one.Place.Key, StringComparer.Ordinal);
        foreach (var (place, bucket) in inOrder) session.Elapse(set.Proactive[place.Trigger], place, bucket, asOf);
        batch = new SqlBatch();
        session.Write(batch);
        await Acting.WriteAsync(transaction, session.Fired, batch, now);
        if (!batch.IsEmpty) await transaction.RunAsync(batch);
        return (set, ended.Value.Count);
    }

    private static async Task<DateTimeOffset?> NextEndAsync(SqlTransaction transaction, AutomationSet set)
    {
        if (set.Proactive.Count == 0) return null;
        var (automations, triggers, _) = Ids(set);
        var batch = new SqlBatch();
        var next = BucketStore.NextEnd(batch, automations, triggers);
        await transaction.RunAsync(batch);
        return next.Value ?? DateTimeOffset.MaxValue;
    }

    private async Task SweepAsync(DateTimeOffset now, CancellationToken cancel)
    {
        if (now - _lastSweep < SweepEvery) return;
        var batch = new SqlBatch();
        BucketStore.Sweep(batch, now - settings.Events.ExpiredBucketBuffer);
        LoopGuard.Sweep(batch, now);
        await db.WriteAsync(batch, cancel);
        _lastSweep = now;
    }

    private static (List<Guid> Automations, List<Guid> Triggers, Dictionary<Guid, LoadedTrigger> Standing) Ids(AutomationSet set) => (
        [.. set.Proactive.Values.Select(static trigger => trigger.Automation.Id).Distinct()],
        [.. set.Proactive.Keys],
        set.Proactive.Where(static one => one.Value.IsStanding).ToDictionary());

    private static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset other) => one < other ? one : other;
}
