using Reeve.Contract.Events;
using Reeve.Core.Automations;
using Reeve.Data;
using Reeve.Server.Events;
using Reeve.Settings.Views;

namespace Reeve.Server.Automations.Triggers;

/// <summary>
/// Evaluates events as they are delivered. It stands before the event store: what is stored and does not wait was evaluated, so a
/// second copy is known. What is written requires that nobody else evaluated the same buckets meanwhile; nothing is held in memory between deliveries.
/// </summary>
internal sealed class ReactiveTriggers(Db db, AutomationCache cache, ServerSettings settings) : IEventConsumer
{
    private const string Ignored = "prefect.log.write";
    private const int DeepestFollowers = 20;
    private const int Attempts = 5;

    public string Name => "ReactiveTriggers";

    public bool IsEnabled { get; } = settings.Services.TriggersEnabled;

    public async Task PrepareAsync(SqlBatch batch, IReadOnlyList<ReceivedEvent> events, DateTimeOffset now, CancellationToken cancel)
    {
        var told = events.Where(static one => one.Event != Ignored).ToList();
        if (told.Count == 0) return;
        var asked = new SqlBatch();
        var snapshot = cache.Ask(asked);
        var stored = FollowerStore.Seen(asked, [.. told.SelectMany(static one => Ids(one)).Distinct()]);
        var parked = FollowerStore.Count(asked);
        await db.ReadAsync(asked, cancel);
        var set = await cache.CurrentAsync(snapshot.Value, cancel);
        // Without automations nothing needs order; nothing is parked that somebody would have to release.
        if (set.IsEmpty && parked.Value == 0) return;
        var seen = stored.Value.ToHashSet();
        List<Guid> fresh = [.. told.Select(static one => one.Id).Where(id => !seen.Contains(id))];
        if (parked.Value > 0) await AddFollowersAsync(batch, told, cancel);
        if (!settings.Services.EventPersister.Enabled) seen.UnionWith(told.Select(static one => one.Follows).OfType<Guid>());
        var (ready, waiting) = CausalOrder.Sort(told, static one => (one.Id, one.Follows, one.Occurred, one.Received), seen, now);
        await EvaluateAsync(batch, set, ready, waiting, fresh, now, cancel);
    }

    public async Task PrepareAgainAsync(SqlBatch batch, ReceivedEvent told, DateTimeOffset now, CancellationToken cancel)
    {
        if (told.Event == Ignored) return;
        var asked = new SqlBatch();
        var snapshot = cache.Ask(asked);
        await db.ReadAsync(asked, cancel);
        // That it is stored says nothing here, and nothing waits for it any more.
        await EvaluateAsync(batch, await cache.CurrentAsync(snapshot.Value, cancel), [told], [], [], now, cancel);
    }

    /// <summary>Evaluates events whose turn has come, and adds what follows to a batch.</summary>
    /// <param name="batch">Fails when somebody else has evaluated one of them, or the same buckets, meanwhile.</param>
    /// <param name="set">The automations.</param>
    /// <param name="ready">The events, in order.</param>
    /// <param name="waiting">Those to keep until their leader has come.</param>
    /// <param name="fresh">Events that were not evaluated when they were looked for. A second copy may be another relay's.</param>
    /// <param name="now">One now for the whole delivery.</param>
    public async Task EvaluateAsync(
        SqlBatch batch, AutomationSet set, IReadOnlyList<ReceivedEvent> ready, IReadOnlyList<ReceivedEvent> waiting, IReadOnlyCollection<Guid> fresh, DateTimeOffset now,
        CancellationToken cancel)
    {
        var views = ready.Select(EventView.Of).ToList();
        var session = new TriggerSession(now);
        var work = Work(set, views);
        for (var attempt = 0; work.Count > 0; attempt++)
        {
            var automations = work.Select(static one => one.Trigger.Automation).DistinctBy(static automation => automation.Id).ToList();
            if (await ReadAsync(automations, work, session, cancel) is { } basis)
            {
                BucketStore.Hold(batch, automations);
                basis.Require(batch);
                FollowerStore.RequireUnseen(batch, [.. work.Select(static one => one.Told.Id).Where(fresh.Contains).Distinct()]);
                break;
            }
            if (attempt == Attempts) throw new DatabaseException(DatabaseErrorKind.Retryable, "Automations change faster than they can be read.", null, null);
            set = await cache.ReloadAsync(cancel);
            work = Work(set, views);
        }
        foreach (var (trigger, place, told) in work) session.Observe(trigger, place, told);
        session.Write(batch);
        await Acting.WriteAsync(db, session.Fired, batch, now, cancel);
        if (waiting.Count > 0) FollowerStore.Park(batch, waiting, now);
        if (session.WindowsChanged || waiting.Count > 0) batch.SignalHere(DbTopics.Buckets);
    }

    private static List<(LoadedTrigger Trigger, BucketPlace Place, ObservedEvent Told)> Work(AutomationSet set, List<ObservedEvent> events)
    {
        var work = new List<(LoadedTrigger, BucketPlace, ObservedEvent)>();
        foreach (var told in events)
        {
            foreach (var trigger in set.Concerned(told))
            {
                work.Add((trigger, new BucketPlace(trigger.Automation.Id, trigger.Rule.Id, BucketKey.Text(trigger.Rule.KeyOf(told))), told));
            }
        }
        return work;
    }

    /// <summary>Reads the state of some automations, and says by what it is known; null when one of them is no longer what the set says.</summary>
    private async Task<Basis?> ReadAsync(
        List<LoadedAutomation> automations, List<(LoadedTrigger Trigger, BucketPlace Place, ObservedEvent Told)> work, TriggerSession session, CancellationToken cancel)
    {
        var composites = automations.Where(static automation => automation.HasComposites).Select(static automation => automation.Id).ToList();
        var batch = new SqlBatch();
        var basis = new Basis();
        var found = BucketStore.Find(batch, automations.ConvertAll(static automation => automation.Id));
        var buckets = BucketStore.Read(batch, basis, [.. work.Select(static one => one.Place).Distinct()]);
        var firings = composites.Count == 0 ? null : BucketStore.ReadChildFirings(batch, basis, composites);
        await db.ReadAsync(batch, cancel);
        if (!automations.TrueForAll(automation => found.Value.Contains((automation.Id, automation.Automation.Updated)))) return null;
        foreach (var chunk in buckets) session.Take(chunk.Value);
        if (firings is not null) session.Take(firings.Value);
        return basis;
    }

    /// <summary>Adds the events that waited for these, and for those in turn.</summary>
    private async Task AddFollowersAsync(SqlBatch batch, List<ReceivedEvent> told, CancellationToken cancel)
    {
        var leaders = told.ConvertAll(static one => one.Id);
        for (var depth = 0; depth < DeepestFollowers && leaders.Count > 0; depth++)
        {
            var followers = await FollowerStore.OfAsync(db, leaders, cancel);
            FollowerStore.Take(batch, followers);
            told.AddRange(followers.Select(static follower => follower.Told));
            leaders = followers.ConvertAll(static follower => follower.Told.Id);
        }
    }

    private static IEnumerable<Guid> Ids(ReceivedEvent told) => told.Follows is { } leader ? [told.Id, leader] : [told.Id];
}
