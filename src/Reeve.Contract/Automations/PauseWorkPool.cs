namespace Reeve.Contract.Automations;

public sealed class PauseWorkPool : AutomationAction
{
    public override string Type => "pause-work-pool";

    public ActionSource Source { get; set; } = ActionSource.Selected;

    public Guid? WorkPoolId { get; set; }
}
