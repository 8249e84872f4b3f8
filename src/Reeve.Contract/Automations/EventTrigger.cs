using Reeve.Contract.Events;

namespace Reeve.Contract.Automations;

public sealed class EventTrigger : Trigger
{
    public override string Type => "event";

    public override Guid? Id { get; set; }

    public ResourceSpecification Match { get; set; } = new();

    public OneOrMany<ResourceSpecification> MatchRelated { get; set; } = new(new ResourceSpecification());

    public List<string> After { get; set; } = [];

    public List<string> Expect { get; set; } = [];

    public List<string> ForEach { get; set; } = [];

    public TriggerPosture Posture { get; set; }

    public int Threshold { get; set; } = 1;

    public TimeSpan Within { get; set; }
}
