using Reeve.Contract.Json;

namespace Reeve.Contract.Automations;

internal sealed class TriggerConverter : UnionConverter<Trigger>
{
    protected override string? Discriminator => "type";

    protected override Type? Choose(string? discriminator, IReadOnlySet<string> members) => discriminator switch
    {
        "event" => typeof(EventTrigger),
        "compound" => typeof(CompoundTrigger),
        "sequence" => typeof(SequenceTrigger),
        null when members.Contains("posture") => typeof(EventTrigger),
        null when members.Contains("triggers") => members.Contains("require") ? typeof(CompoundTrigger) : typeof(SequenceTrigger),
        _ => null,
    };
}
