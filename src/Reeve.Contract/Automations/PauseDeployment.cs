namespace Reeve.Contract.Automations;

public sealed class PauseDeployment : AutomationAction
{
    public override string Type => "pause-deployment";

    public ActionSource Source { get; set; } = ActionSource.Selected;

    public Guid? DeploymentId { get; set; }
}
