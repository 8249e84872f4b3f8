namespace Reeve.Contract.Automations;

public sealed class PauseAutomation : AutomationAction
{
    public override string Type => "pause-automation";

    public ActionSource Source { get; set; } = ActionSource.Selected;

    public Guid? AutomationId { get; set; }
}
