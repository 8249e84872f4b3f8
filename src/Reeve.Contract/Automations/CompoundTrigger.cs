namespace Reeve.Contract.Automations;

public sealed class CompoundTrigger : Trigger
{
    public override string Type => "compound";

    public override Guid? Id { get; set; }

    public List<Trigger> Triggers { get; set; } = [];

    public TimeSpan? Within { get; set; }

    public TriggerRequirement Require { get; set; }
}
