namespace Reeve.Contract.Automations;

public sealed class ResumeDeployment : AutomationAction
{
    public override string Type => "resume-deployment";

    public ActionSource Source { get; set; } = ActionSource.Selected;

    public Guid? DeploymentId { get; set; }
}
