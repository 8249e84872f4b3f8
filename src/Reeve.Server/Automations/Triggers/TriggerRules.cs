using Reeve.Contract.Automations;
using Reeve.Core.Automations;
using Reeve.Server.Events;

namespace Reeve.Server.Automations.Triggers;

/// <summary>Makes triggers, as they are sent and stored, ready to be evaluated.</summary>
internal static class TriggerRules
{
    public static TriggerRule From(Trigger trigger) => trigger switch
    {
        EventTrigger told => new EventRule(
            Id(told), ResourceRules.From(told.Match), [.. told.MatchRelated.Select(ResourceRules.From)], told.After, told.Expect, told.ForEach,
            told.Posture == TriggerPosture.Proactive, told.Threshold, told.Within),
        CompoundTrigger compound => new CompositeRule(
            Id(compound), [.. compound.Triggers.Select(From)], compound.Require.Of(compound.Triggers.Count), isSequence: false, compound.Within),
        SequenceTrigger sequence => new CompositeRule(
            Id(sequence), [.. sequence.Triggers.Select(From)], sequence.Triggers.Count, isSequence: true, sequence.Within),
        _ => throw new InvalidOperationException($"Unknown trigger {trigger.Type}."),
    };

    /// <summary>The trigger with an id, at any depth.</summary>
    public static Trigger? Find(Trigger trigger, Guid id)
    {
        if (trigger.Id == id) return trigger;
        foreach (var child in Children(trigger))
        {
            if (Find(child, id) is { } found) return found;
        }
        return null;
    }

    public static IReadOnlyList<Trigger> Children(Trigger trigger) => trigger switch
    {
        CompoundTrigger compound => compound.Triggers,
        SequenceTrigger sequence => sequence.Triggers,
        _ => [],
    };

    private static Guid Id(Trigger trigger) => trigger.Id ?? Guid.Empty;
}
