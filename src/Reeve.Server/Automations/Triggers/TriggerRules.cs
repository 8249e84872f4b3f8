using Reeve.Contract.Automations;
using Reeve.Contract.Events;
using Reeve.Core.Automations;

namespace Reeve.Server.Automations.Triggers;

/// <summary>Makes triggers, as they are sent and stored, ready to be evaluated.</summary>
internal static class TriggerRules
{
    public static TriggerRule From(Trigger trigger) => trigger switch
    {
        EventTrigger told => new EventRule(
            Id(told), Rule(told.Match), [.. told.MatchRelated.Select(Rule)], told.After, told.Expect, told.ForEach,
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

    private static ResourceRule Rule(ResourceSpecification specification) => specification.Count == 0
        ? ResourceRule.Any
        : new ResourceRule(specification.ToDictionary(
            static label => label.Key,
            static label => (IReadOnlyList<LabelPattern>)[.. label.Value.Values.Select(static text => new LabelPattern(text))],
            StringComparer.Ordinal));
}
