using Reeve.Core;
using Reeve.Core.Automations;
using Reeve.Data;

namespace Reeve.Server.Automations.Triggers;

/// <summary>
/// Evaluation of one delivery: buckets and child firings are read into it, changed here, and written once at the end, however many events
/// there were.
/// </summary>
internal sealed class TriggerSession(DateTimeOffset now)
{
    private readonly Dictionary<BucketPlace, Bucket> _stored = [];
    private readonly Dictionary<BucketPlace, Bucket?> _changed = [];
    private readonly Dictionary<Guid, IReadOnlyList<ChildFiring>> _kept = [];
    private readonly Dictionary<Guid, Guid> _changedParents = [];
    private int _firings;

    /// <summary>The firings at the top of their automations, in order.</summary>
    public List<(LoadedAutomation Automation, Firing Firing)> Fired { get; } = [];

    /// <summary>Whether a window that a proactive trigger waits for began or changed.</summary>
    public bool WindowsChanged { get; private set; }

    public void Take(IEnumerable<(BucketPlace Place, Bucket Bucket)> buckets)
    {
        foreach (var (place, bucket) in buckets) _stored[place] = bucket;
    }

    public void Take(IEnumerable<(Guid Parent, ChildFiring Firing)> firings)
    {
        foreach (var parent in firings.GroupBy(static one => one.Parent)) _kept[parent.Key] = [.. parent.Select(static one => one.Firing)];
    }

    public void Observe(LoadedTrigger trigger, BucketPlace place, ObservedEvent told) =>
        Apply(trigger, place, BucketEvaluation.Observe(trigger.Rule, Find(place), told));

    /// <summary>A window of a proactive trigger has ended. One that was answered is over, unless it is always there.</summary>
    public void Elapse(LoadedTrigger trigger, BucketPlace place, Bucket bucket, DateTimeOffset asOf)
    {
        if (bucket.Count < trigger.Rule.Threshold) Apply(trigger, place, BucketEvaluation.Elapse(trigger.Rule, bucket, asOf));
        else Set(trigger, place, trigger.IsStanding ? BucketEvaluation.Standing(trigger.Rule, null, asOf) : null);
    }

    /// <summary>Sees that a standing trigger has its bucket.</summary>
    public void Stand(LoadedTrigger trigger, DateTimeOffset asOf) =>
        Set(trigger, new BucketPlace(trigger.Automation.Id, trigger.Rule.Id, BucketKey.Text([])), BucketEvaluation.Standing(trigger.Rule, null, asOf));

    /// <summary>Adds what changed to a batch that holds the automations.</summary>
    public void Write(SqlBatch batch)
    {
        BucketStore.Delete(batch, _changed.Where(one => one.Value is null && _stored.ContainsKey(one.Key)).Select(static one => one.Key));
        BucketStore.Write(
            batch, [.. _changed.Where(one => one.Value is not null && one.Value != _stored.GetValueOrDefault(one.Key)).Select(static one => (one.Key, one.Value!))], now);
        foreach (var (parent, automation) in _changedParents) BucketStore.WriteChildFirings(batch, automation, parent, _kept[parent], now);
    }

    private Bucket? Find(BucketPlace place) => _changed.TryGetValue(place, out var changed) ? changed : _stored.GetValueOrDefault(place);

    private void Set(LoadedTrigger trigger, BucketPlace place, Bucket? bucket)
    {
        _changed[place] = bucket;
        WindowsChanged |= trigger.Rule.IsProactive;
    }

    private void Apply(LoadedTrigger trigger, BucketPlace place, BucketOutcome outcome)
    {
        Set(trigger, place, outcome.Bucket);
        if (outcome.Fired.Count == 0) return;
        var values = BucketKey.Values(RawJson.FromTrusted(place.Key));
        var labels = trigger.Rule.ForEach.Zip(values).ToDictionary(static one => one.First, static one => one.Second, StringComparer.Ordinal);
        foreach (var told in outcome.Fired) Deliver(trigger.Automation, trigger.Rule, labels, told, []);
    }

    /// <summary>
    /// The time of the next firing. A sequence goes by it, so it is after that of the siblings that fired before: in this delivery, or in
    /// one of a process whose clock is ahead.
    /// </summary>
    private DateTimeOffset Next(TriggerRule rule)
    {
        var next = now.AddMicroseconds(_firings++);
        if (rule.Parent is not { } parent) return next;
        foreach (var sibling in _kept.GetValueOrDefault(parent.Id) ?? [])
        {
            if (sibling.Triggered >= next) next = sibling.Triggered.AddMicroseconds(1);
        }
        return next;
    }

    private void Deliver(
        LoadedAutomation automation, TriggerRule rule, Dictionary<string, string> labels, RawJson? told, IReadOnlyList<ChildFiring> causes)
    {
        var firing = new Firing(Guid.CreateVersion7(now), rule, Next(rule), labels, told, causes);
        if (rule.Parent is not { } parent)
        {
            Fired.Add((automation, firing));
            return;
        }
        var child = new ChildFiring(rule.Id, firing.Id, firing.Triggered, FiringJson.Of(automation.Automation, firing));
        var outcome = CompositeEvaluation.Deliver(parent, _kept.GetValueOrDefault(parent.Id) ?? [], child);
        if (parent.Required > 1)
        {
            _kept[parent.Id] = outcome.Kept;
            _changedParents[parent.Id] = automation.Id;
        }
        if (outcome.Causes is { } all) Deliver(automation, parent, [], told, all);
    }
}
