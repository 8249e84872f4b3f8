namespace Reeve.Contract.Automations;

public sealed class ResumeWorkQueue : AutomationAction
{
    public override string Type => "resume-work-queue";

    public ActionSource Source { get; set; } = ActionSource.Selected;

    public Guid? WorkQueueId { get; set; }
}
