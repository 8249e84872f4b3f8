namespace Reeve.Contract.Automations;

public sealed class ResumeWorkPool : AutomationAction
{
    public override string Type => "resume-work-pool";

    public ActionSource Source { get; set; } = ActionSource.Selected;

    public Guid? WorkPoolId { get; set; }
}
