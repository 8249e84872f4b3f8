using Reeve.Contract.Automations;
using Reeve.Contract.Automations.Explanations;
using Reeve.Core;
using Reeve.Core.Automations;
using Reeve.Server.Automations.Triggers;

namespace Reeve.Server.Automations.Explaining;

/// <summary>Explains why an automation did or did not fire.</summary>
internal sealed class Explainer(ExplainStore store)
{
    private const int MostNearMisses = 5;
    private const int MostShownBuckets = 50;

    /// <summary>Event triggers whose events are looked up; a composite of more says so by looking at none.</summary>
    private const int MostTriggers = 20;

    public async Task<AutomationExplanation> ExplainAsync(Automation automation, DateTimeOffset now, CancellationToken cancel)
    {
        var record = await store.ReadAsync(automation.Id, cancel);
        var root = TriggerRules.From(automation.Trigger);
        var answer = new AutomationExplanation
        {
            Id = automation.Id, Name = automation.Name, Enabled = automation.Enabled, AsOf = now,
            Firings = [.. record.Firings], Actions = [.. record.Actions], Loop = record.Loop,
        };
        var looked = 0;
        foreach (var rule in root.All)
        {
            var events = rule is EventRule leaf && looked++ < MostTriggers ? await store.CandidatesAsync(leaf, cancel) : [];
            answer.Triggers.Add(Explain(automation, rule, events, record));
        }
        if (automation.Enabled) answer.NextEvaluation = Next(root, record, now);
        answer.Verdict = Verdict.Of(answer);
        return answer;
    }

    private static TriggerExplanation Explain(Automation automation, TriggerRule rule, IReadOnlyList<ObservedEvent> events, AutomationRecord record)
    {
        var answer = new TriggerExplanation
        {
            Id = rule.Id, ParentId = rule.Parent?.Id, Type = TriggerRules.Find(automation.Trigger, rule.Id)?.Type ?? "", Waits = TriggerWords.Of(rule),
            BucketCount = record.BucketCounts.GetValueOrDefault(rule.Id), EventsLookedAt = events.Count,
            LookedBackTo = events.Count == 0 ? null : events[^1].Occurred,
        };
        switch (rule)
        {
            case EventRule leaf:
                Regard(answer, automation, leaf, events, record);
                break;
            case CompositeRule composite:
                answer.Required = composite.Required;
                answer.ChildFirings.AddRange(record.ChildFirings.Where(one => one.Parent == rule.Id).Select(one => new ChildFiringExplanation
                {
                    TriggerId = one.Firing.ChildId, FiringId = one.Firing.FiringId, Fired = one.Firing.Triggered, Until = one.Firing.Triggered + composite.Within,
                }));
                break;
        }
        return answer;
    }

    private static void Regard(TriggerExplanation answer, Automation automation, EventRule rule, IReadOnlyList<ObservedEvent> events, AutomationRecord record)
    {
        var buckets = record.Buckets.Where(one => one.Place.Trigger == rule.Id).ToDictionary(static one => one.Place.Key, static one => one.Bucket, StringComparer.Ordinal);
        foreach (var told in events)
        {
            var judgement = EventJudgement.Of(rule, told, buckets.GetValueOrDefault(BucketKey.Text(rule.KeyOf(told))));
            if (judgement.Matches && answer.LastMatch is null) answer.LastMatch = Shown(told, Became(automation, rule, told, record) ?? judgement.Reason);
            if (judgement.IsNear && answer.NearMisses.Count < MostNearMisses) answer.NearMisses.Add(Shown(told, judgement.Reason));
        }
        answer.Buckets.AddRange(buckets.Take(MostShownBuckets).Select(one => new BucketExplanation
        {
            Labels = rule.ForEach.Zip(BucketKey.Values(RawJson.FromTrusted(one.Key))).ToDictionary(static label => label.First, static label => label.Second),
            Count = one.Value.Count, Threshold = rule.Threshold, Start = one.Value.Start, End = one.Value.End,
            LastEventId = one.Value.LastEvent is { IsNull: false } last ? EventView.Read(last).Id : null,
        }));
    }

    /// <summary>What became of an event that matches, as far as it is not for the trigger to say.</summary>
    private static string? Became(Automation automation, EventRule rule, ObservedEvent told, AutomationRecord record)
    {
        if (rule.Parent is null && record.Firings.Any(one => one.TriggeringEventId == told.Id)) return "it set the automation off";
        if (told.Occurred < automation.Created) return "it happened before the automation was made";
        if (!automation.Enabled && told.Occurred >= automation.Updated) return "it came while the automation was paused";
        var isLoop = rule is { Parent: null, FiresAtOnce: true } && record.Loop is { BrokenUntil: { } until, Notices: [var since, ..] } && told.Occurred >= since && told.Occurred < until;
        return isLoop ? "it was left out as part of a loop" : null;
    }

    private static EventExplanation Shown(ObservedEvent told, string reason) => new()
    {
        Id = told.Id, Event = told.Name, Occurred = told.Occurred, ResourceId = told.ResourceId, Reason = reason,
    };

    /// <summary>When the next window ends that a proactive trigger waits for; the buckets are in the order of their ends.</summary>
    private static DateTimeOffset? Next(TriggerRule root, AutomationRecord record, DateTimeOffset now)
    {
        var proactive = root.Leaves.Where(static leaf => leaf.IsProactive).Select(static leaf => leaf.Id).ToHashSet();
        foreach (var (place, bucket) in record.Buckets)
        {
            if (proactive.Contains(place.Trigger)) return bucket.End > now ? bucket.End : now;
        }
        return null;
    }
}
