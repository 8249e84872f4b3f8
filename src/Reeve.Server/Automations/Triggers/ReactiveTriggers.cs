using Reeve.Contract.Events;
using Reeve.Core.Automations;
using Reeve.Data;
using Reeve.Server.Events;
using Reeve.Settings.Views;

namespace Reeve.Server.Automations.Triggers;

/// <summary>
/// Evaluates events as they are delivered. It stands before the event store: what is stored and does not wait was evaluated, so a
/// second copy is known. Evaluators of the same automation take turns by its row; nothing is held in memory between deliveries.
/// </summary>
internal sealed class ReactiveTriggers(AutomationCache cache, ServerSettings settings) : IEventConsumer
{
    private const string Ignored = "prefect.log.write";
    private const int DeepestFollowers = 20;
    private const int Attempts = 5;

    public string Name => "ReactiveTriggers";

    public bool IsEnabled { get; } = settings.Services.TriggersEnabled;

    public async Task ConsumeAsync(SqlTransaction transaction, IReadOnlyList<ReceivedEvent> events, DateTimeOffset now)
    {
        var told = events.Where(static one => one.Event != Ignored).ToList();
        if (told.Count == 0) return;
        var batch = new SqlBatch();
        var snapshot = AutomationCache.Ask(batch);
        var stored = FollowerStore.Seen(batch, [.. told.SelectMany(static one => Ids(one)).Distinct()]);
        var parked = FollowerStore.Count(batch);
        await transaction.RunAsync(batch);
        var set = await cache.CurrentAsync(transaction, snapshot.Value);
        // Without automations nothing needs order; nothing is parked that somebody would have to release.
        if (set.IsEmpty && parked.Value == 0) return;
        var seen = stored.Value.ToHashSet();
        if (parked.Value > 0) await AddFollowersAsync(transaction, told);
        if (!settings.Services.EventPersister.Enabled) seen.UnionWith(told.Select(static one => one.Follows).OfType<Guid>());
        var (ready, waiting) = CausalOrder.Sort(told, static one => (one.Id, one.Follows, one.Occurred, one.Received), seen, now);
        await EvaluateAsync(transaction, set, ready, waiting, now);
    }

    /// <summary>Evaluates events whose turn has come.</summary>
    public async Task EvaluateAsync(
        SqlTransaction transaction, AutomationSet set, IReadOnlyList<ReceivedEvent> ready, IReadOnlyList<ReceivedEvent> waiting, DateTimeOffset now)
    {
        var views = ready.Select(EventView.Of).ToList();
        for (var attempt = 0; ; attempt++)
        {
            var work = Work(set, views);
            var batch = new SqlBatch();
            var session = new TriggerSession(now);
            if (work.Count > 0 && !await LoadAsync(transaction, set, work, session))
            {
                if (attempt == Attempts) throw new DatabaseException(DatabaseErrorKind.Retryable, "Automations change faster than they can be read.", null, null);
                set = await cache.ReloadAsync(transaction);
                continue;
            }
            foreach (var (trigger, place, told) in work) session.Observe(trigger, place, told);
            session.Write(batch);
            await Acting.WriteAsync(transaction, session.Fired, batch, now);
            if (waiting.Count > 0) FollowerStore.Park(batch, waiting, now);
            if (session.WindowsChanged || waiting.Count > 0) batch.SignalHere(DbTopics.Buckets);
            if (!batch.IsEmpty) await transaction.RunAsync(batch);
            return;
        }
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

    /// <summary>Locks the automations and reads their state; false when one of them is no longer what the set says.</summary>
    private static async Task<bool> LoadAsync(
        SqlTransaction transaction, AutomationSet set, List<(LoadedTrigger Trigger, BucketPlace Place, ObservedEvent Told)> work, TriggerSession session)
    {
        var automations = work.Select(static one => one.Trigger.Automation).DistinctBy(static automation => automation.Id).ToList();
        var composites = automations.Where(static automation => automation.HasComposites).Select(static automation => automation.Id).ToList();
        var batch = new SqlBatch();
        var locked = BucketStore.Lock(batch, automations.ConvertAll(static automation => automation.Id));
        var buckets = BucketStore.Read(batch, [.. work.Select(static one => one.Place).Distinct()]);
        var firings = composites.Count == 0 ? null : BucketStore.ReadChildFirings(batch, composites);
        await transaction.RunAsync(batch);
        if (locked.Value.Count != automations.Count || locked.Value.Exists(row => set.Find(row.Id)?.Automation.Updated != row.Updated)) return false;
        foreach (var chunk in buckets) session.Take(chunk.Value);
        if (firings is not null) session.Take(firings.Value);
        return true;
    }

    /// <summary>Adds the events that waited for these, and for those in turn.</summary>
    private static async Task AddFollowersAsync(SqlTransaction transaction, List<ReceivedEvent> told)
    {
        var leaders = told.ConvertAll(static one => one.Id);
        for (var depth = 0; depth < DeepestFollowers && leaders.Count > 0; depth++)
        {
            var followers = await FollowerStore.TakeAsync(transaction, leaders);
            told.AddRange(followers);
            leaders = followers.ConvertAll(static one => one.Id);
        }
    }

    private static IEnumerable<Guid> Ids(ReceivedEvent told) => told.Follows is { } leader ? [told.Id, leader] : [told.Id];
}
