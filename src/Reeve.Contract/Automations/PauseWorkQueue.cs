namespace Reeve.Contract.Automations;

public sealed class PauseWorkQueue : AutomationAction
{
    public override string Type => "pause-work-queue";

    public ActionSource Source { get; set; } = ActionSource.Selected;

    public Guid? WorkQueueId { get; set; }
}
