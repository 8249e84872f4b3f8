namespace Reeve.Contract.Automations;

public sealed class SequenceTrigger : Trigger
{
    public override string Type => "sequence";

    public override Guid? Id { get; set; }

    public List<Trigger> Triggers { get; set; } = [];

    public TimeSpan? Within { get; set; }
}
