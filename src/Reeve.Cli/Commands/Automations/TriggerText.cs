using Reeve.Contract.Automations;

namespace Reeve.Cli.Commands.Automations;

/// <summary>A trigger in few words.</summary>
internal static class TriggerText
{
    public static string Of(Trigger trigger) => trigger switch
    {
        EventTrigger told => $"{told.Posture.ToString().ToLowerInvariant()}: {(told.Expect.Count == 0 ? "any event" : string.Join(", ", told.Expect))}",
        CompoundTrigger compound => $"{compound.Require} of {compound.Triggers.Count} triggers",
        SequenceTrigger sequence => $"sequence of {sequence.Triggers.Count} triggers",
        _ => trigger.Type,
    };
}
