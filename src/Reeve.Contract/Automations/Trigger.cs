using System.Text.Json.Serialization;

namespace Reeve.Contract.Automations;

/// <summary>What makes an automation fire: <see cref="EventTrigger"/>, <see cref="CompoundTrigger"/> or <see cref="SequenceTrigger"/>.</summary>
[JsonConverter(typeof(TriggerConverter))]
public abstract class Trigger
{
    private protected Trigger()
    {
    }

    public abstract string Type { get; }

    /// <summary>Given by the server; null until then.</summary>
    public abstract Guid? Id { get; set; }
}
