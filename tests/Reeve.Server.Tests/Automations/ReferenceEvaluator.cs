namespace Reeve.Server.Tests.Automations;

/// <summary>Evaluates triggers slowly and obviously, one event and one trigger after the other, following the numbered rules of the contract.</summary>
internal sealed class ReferenceEvaluator(IReadOnlyList<(string Name, ReferenceTrigger Trigger)> automations)
{
    private DateTimeOffset _lastSweep = DateTimeOffset.MinValue;
    private int _order;

    /// <summary>Automation, key and event of each firing.</summary>
    public List<string> Fired { get; } = [];

    public void Observe(Guid id, string name, string resource, DateTimeOffset occurred, DateTimeOffset now)
    {
        foreach (var (automation, trigger) in automations)
        {
            foreach (var leaf in trigger.Leaves)
            {
                if (leaf.Resource is not null && leaf.Resource != resource) continue;
                var starts = leaf.After.Contains(name);
                var expects = leaf.Expect.Contains(name);
                if (!starts && !expects) continue;
                var key = leaf.ForEach ? resource : "";
                var within = TimeSpan.FromSeconds(leaf.Within!.Value);
                if (starts || leaf.After.Count == 0)
                {
                    if (leaf.Buckets.TryGetValue(key, out var there)) leaf.Buckets[key] = there with { Last = id, Written = now };
                    else if (starts) leaf.Buckets[key] = (occurred, occurred + within, expects ? -1 : 0, id, now);
                    else leaf.Buckets[key] = (occurred - TimeSpan.FromMinutes(15), occurred + within, 0, id, now);
                }
                if (expects && leaf.Buckets.ContainsKey(key)) Evaluate(automation, leaf, key, occurred, id, starts, 1, now);
            }
        }
    }

    public void Elapse(DateTimeOffset now)
    {
        foreach (var (automation, trigger) in automations)
        {
            foreach (var leaf in trigger.Leaves.Where(static leaf => leaf.Proactive))
            {
                var standing = !leaf.ForEach && leaf.After.Count == 0;
                foreach (var (key, bucket) in leaf.Buckets.Where(one => one.Value.End <= now && !IsLate(one.Value, now)).OrderBy(static one => one.Value.Start).ThenBy(static one => one.Key, StringComparer.Ordinal).ToList())
                {
                    if (bucket.Count < leaf.Threshold) Evaluate(automation, leaf, key, now, null, false, 0, now);
                    else leaf.Buckets.Remove(key);
                }
                if (standing && leaf.Buckets.Count == 0) leaf.Buckets[""] = (now, now + TimeSpan.FromSeconds(leaf.Within!.Value), 0, null, now);
            }
        }
        if (now - _lastSweep < TimeSpan.FromMinutes(1)) return;
        _lastSweep = now;
        foreach (var leaf in automations.SelectMany(static one => one.Trigger.Leaves))
        {
            foreach (var (key, bucket) in leaf.Buckets.ToList())
            {
                if (bucket.End <= now - TimeSpan.FromSeconds(60) && !IsLate(bucket, now)) leaf.Buckets.Remove(key);
            }
        }
    }

    /// <summary>A window that was over when its last event came may still be answered by the next.</summary>
    private static bool IsLate((DateTimeOffset Start, DateTimeOffset End, int Count, Guid? Last, DateTimeOffset Written) bucket, DateTimeOffset now) =>
        bucket.Written > bucket.End && bucket.Written > now - TimeSpan.FromSeconds(15);

    private void Evaluate(string automation, ReferenceTrigger leaf, string key, DateTimeOffset at, Guid? told, bool starts, int count, DateTimeOffset now)
    {
        var (start, end, counted, last, _) = leaf.Buckets[key];
        var within = TimeSpan.FromSeconds(leaf.Within!.Value);
        if (at < start) return;
        if (count > 0 && (at < end || (!leaf.Proactive && leaf.Within == 0)))
        {
            counted += count;
            last = told;
            count = 0;
            leaf.Buckets[key] = (start, end, counted, last, now);
        }
        var meets = leaf.Proactive ? counted < leaf.Threshold : counted >= leaf.Threshold;
        var ready = !leaf.Proactive || end <= at;
        if (meets && ready)
        {
            leaf.Buckets.Remove(key);
            Fire(automation, leaf, key, told ?? last, now);
        }
        else if (at < end)
        {
            if (told is not null && leaf.Proactive && !meets && starts) leaf.Buckets[key] = (at, at + within, 0, told, now);
            return;
        }
        if (leaf.After.Count > 0)
        {
            leaf.Buckets.Remove(key);
            return;
        }
        if (leaf.Within == 0) return;
        var next = end > at ? end : at;
        var again = !leaf.Proactive && count > 0;
        leaf.Buckets[key] = (next, next + within, again ? 0 : count, null, now);
        if (again) Evaluate(automation, leaf, key, at, told, starts, count, now);
    }

    private void Fire(string automation, ReferenceTrigger trigger, string key, Guid? told, DateTimeOffset now)
    {
        if (trigger.Parent is not { } parent)
        {
            Fired.Add($"{automation} {(trigger.Kind == "event" ? key : "")} {told}");
            return;
        }
        if (parent.Required > 1)
        {
            if (parent.Within is { } within) parent.Kept.RemoveAll(kept => kept.At < now.AddSeconds(-within));
            parent.Kept.RemoveAll(kept => kept.Child == trigger);
            parent.Kept.Add((trigger, _order++, now));
            var complete = parent.Kind == "sequence"
                ? parent.Kept.OrderBy(static kept => kept.Order).Select(static kept => kept.Child).SequenceEqual(parent.Children)
                : parent.Kept.Count >= parent.Required;
            if (!complete) return;
            parent.Kept = [];
        }
        Fire(automation, parent, "", told, now);
    }
}
