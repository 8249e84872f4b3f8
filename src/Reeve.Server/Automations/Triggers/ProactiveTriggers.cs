using Reeve.Core.Automations;
using Reeve.Data;
using Reeve.Server.Events;
using Reeve.Server.Events.DeadLetters;
using Reeve.Server.Services;
using Reeve.Settings.Views;

namespace Reeve.Server.Automations.Triggers;

/// <summary>
/// What triggers need beside events: the ends of windows that proactive triggers wait for, events whose leader has come or
/// will not come any more, and the removal of windows that are over. It sleeps until the next of these is due.
/// </summary>
internal sealed partial class ProactiveTriggers(
    Db db, AutomationCache cache, ReactiveTriggers reactive, ServerSettings settings, TimeProvider clock, ILogger<ProactiveTriggers> log) : Service
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
        var (ended, next, asOf) = await EvaluateWindowsAsync(now, cancel);
        var more = released == MostAtOnce || ended == MostAtOnce;
        if (!more) await SweepAsync(now, asOf, cancel);
        if (waiting > 0 || (asOf < now && next is not null)) next = Earlier(next, now + FollowersAgain);
        // Windows that another process began are not signalled here; where there can be any, look as often as the setting says.
        if (next is not null) next = Earlier(next, now + settings.Events.ProactiveGranularity);
        return new ServiceOutcome(released + ended, next, more);
    }

    private async Task<(int Released, int Waiting)> ReleaseFollowersAsync(DateTimeOffset now, CancellationToken cancel)
    {
        try
        {
            return await ReleaseAsync(now, MostAtOnce, static _ => { }, cancel);
        }
        catch (Exception error) when (EventRelay.IsFaultOfEvents(error) && !cancel.IsCancellationRequested)
        {
            // One of them cannot be evaluated; that must keep neither the others nor the windows from being judged.
            return await ReleaseOneByOneAsync(now, cancel);
        }
    }

    private Task<(int Released, int Waiting)> ReleaseAsync(DateTimeOffset now, int limit, Action<List<Follower>> about, CancellationToken cancel) => Db.DecideAsync(async () =>
    {
        var asked = new SqlBatch();
        var snapshot = cache.Ask(asked);
        var waiting = FollowerStore.Count(asked);
        await db.ReadAsync(asked, cancel);
        if (waiting.Value == 0) return (0, 0);
        var released = await FollowerStore.ReleasedAsync(db, now - CausalOrder.Lookback, limit, cancel);
        if (released.Count == 0) return (0, waiting.Value);
        about(released);
        var set = await cache.CurrentAsync(snapshot.Value, cancel);
        var batch = new SqlBatch();
        FollowerStore.Take(batch, released);
        await reactive.EvaluateAsync(batch, set, [.. released.Select(static follower => follower.Told).OrderBy(static told => told.Occurred)], [], [], now, cancel);
        await db.WriteAsync(batch, cancel);
        return (released.Count, waiting.Value - released.Count);
    });

    /// <summary>Releases events each for itself; one that cannot be evaluated becomes a dead letter.</summary>
    private async Task<(int Released, int Waiting)> ReleaseOneByOneAsync(DateTimeOffset now, CancellationToken cancel)
    {
        for (var done = 0; ; done++)
        {
            List<Follower> tried = [];
            try
            {
                var (released, waiting) = await ReleaseAsync(now, 1, followers => tried = followers, cancel);
                if (released == 0 || done == MostAtOnce) return (done, waiting);
            }
            catch (Exception error) when (tried.Count == 1 && EventRelay.IsFaultOfEvents(error) && !cancel.IsCancellationRequested)
            {
                var told = tried[0].Told;
                LogDead(log, reactive.Name, told.Event, told.Id, error);
                var batch = new SqlBatch();
                FollowerStore.Take(batch, tried);
                DeadLetterStore.Add(batch, reactive.Name, told, error.Message, now);
                await db.WriteAsync(batch, cancel);
            }
        }
    }

    /// <summary>How many windows had ended, when the next one ends, and the time as of which they were judged: events since then may still wait.</summary>
    private async Task<(int Ended, DateTimeOffset? Next, DateTimeOffset AsOf)> EvaluateWindowsAsync(DateTimeOffset now, CancellationToken cancel)
    {
        var (set, ended, asOf) = await Db.DecideAsync(async () =>
        {
            var asked = new SqlBatch();
            var snapshot = cache.Ask(asked);
            var oldest = asked.One($"select created from reeve_outbox order by id limit 1", static row => (DateTimeOffset?)row.GetInstant(0));
            await db.ReadAsync(asked, cancel);
            var set = await cache.CurrentAsync(snapshot.Value, cancel);
            // Absence is judged only up to the oldest event that was not delivered yet.
            var asOf = oldest.Value < now ? oldest.Value.Value : now;
            if (set.Proactive.Count == 0) return (set, 0, asOf);
            var due = await DueAsync(set, asOf, cancel);
            return (set, due.Count == 0 ? 0 : await EvaluateAsync(set, due, asOf, now, cancel), asOf);
        });
        return (ended, set.Proactive.Count == 0 ? null : await NextEndAsync(set, cancel), asOf);
    }

    /// <summary>The automations that have something to do.</summary>
    private async Task<List<LoadedAutomation>> DueAsync(AutomationSet set, DateTimeOffset asOf, CancellationToken cancel)
    {
        var (automations, triggers, standing) = Ids(set);
        var batch = new SqlBatch();
        var ended = BucketStore.WithEnded(batch, automations, triggers, asOf, MostAtOnce);
        var there = BucketStore.WithBucket(batch, new Basis(), automations, [.. standing.Keys]);
        await db.ReadAsync(batch, cancel);
        var missing = standing.Keys.Except(there.Value).Select(id => standing[id].Automation.Id);
        return [.. ended.Value.Concat(missing).Distinct().Select(id => set.Find(id)!)];
    }

    /// <summary>Evaluates the windows of some automations that have ended; how many there were.</summary>
    private async Task<int> EvaluateAsync(AutomationSet set, List<LoadedAutomation> due, DateTimeOffset asOf, DateTimeOffset now, CancellationToken cancel)
    {
        var ids = due.ConvertAll(static automation => automation.Id);
        var triggers = set.Proactive.Values.Where(trigger => ids.Contains(trigger.Automation.Id)).ToList();
        var standing = triggers.Where(static trigger => trigger.IsStanding).ToList();
        var asked = new SqlBatch();
        var basis = new Basis();
        var found = BucketStore.Find(asked, ids);
        var firings = BucketStore.ReadChildFirings(asked, basis, ids);
        var ended = BucketStore.ReadEnded(asked, basis, ids, triggers.ConvertAll(static trigger => trigger.Rule.Id), asOf, MostAtOnce);
        var there = BucketStore.WithBucket(asked, basis, ids, standing.ConvertAll(static trigger => trigger.Rule.Id));
        await db.ReadAsync(asked, cancel);
        if (!due.TrueForAll(automation => found.Value.Contains((automation.Id, automation.Automation.Updated))))
        {
            await cache.ReloadAsync(cancel);
            throw new DatabaseException(DatabaseErrorKind.Overtaken, "An automation has changed.", null, null);
        }

        var session = new TriggerSession(now);
        session.Take(firings.Value);
        session.Take(ended.Value);
        foreach (var trigger in standing.Where(trigger => !there.Value.Contains(trigger.Rule.Id))) session.Stand(trigger, asOf);
        var inOrder = ended.Value.OrderBy(static one => one.Place.Automation).ThenBy(one => set.Proactive[one.Place.Trigger].Position).ThenBy(static one => one.Bucket.Start)
            .ThenBy(static one => one.Place.Key, StringComparer.Ordinal);
        foreach (var (place, bucket) in inOrder) session.Elapse(set.Proactive[place.Trigger], place, bucket, asOf);
        var batch = new SqlBatch();
        BucketStore.Hold(batch, due);
        basis.Require(batch);
        session.Write(batch);
        await Acting.WriteAsync(db, session.Fired, batch, now, cancel);
        await db.WriteAsync(batch, cancel);
        return ended.Value.Count;
    }

    private async Task<DateTimeOffset?> NextEndAsync(AutomationSet set, CancellationToken cancel)
    {
        var (automations, triggers, _) = Ids(set);
        var batch = new SqlBatch();
        var next = BucketStore.NextEnd(batch, automations, triggers);
        await db.ReadAsync(batch, cancel);
        return next.Value ?? DateTimeOffset.MaxValue;
    }

    private async Task SweepAsync(DateTimeOffset now, DateTimeOffset asOf, CancellationToken cancel)
    {
        if (now - _lastSweep < SweepEvery) return;
        var batch = new SqlBatch();
        BucketStore.Sweep(batch, asOf - settings.Events.ExpiredBucketBuffer, asOf);
        LoopGuard.Sweep(batch, now);
        await db.WriteAsync(batch, cancel);
        _lastSweep = now;
    }

    private static (List<Guid> Automations, List<Guid> Triggers, Dictionary<Guid, LoadedTrigger> Standing) Ids(AutomationSet set) => (
        [.. set.Proactive.Values.Select(static trigger => trigger.Automation.Id).Distinct()],
        [.. set.Proactive.Keys],
        set.Proactive.Where(static one => one.Value.IsStanding).ToDictionary());

    private static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset other) => one < other ? one : other;

    [LoggerMessage(3103, LogLevel.Error, "{Consumer} cannot take event {Event} {Id}, which had waited for another: it is kept as a dead letter, see reeve dead-letters ls")]
    private static partial void LogDead(ILogger log, string consumer, string @event, Guid id, Exception error);
}
