namespace Reeve.Contract.Automations;

public sealed class ResumeAutomation : AutomationAction
{
    public override string Type => "resume-automation";

    public ActionSource Source { get; set; } = ActionSource.Selected;

    public Guid? AutomationId { get; set; }
}
