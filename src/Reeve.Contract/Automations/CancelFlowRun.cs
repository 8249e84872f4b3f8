namespace Reeve.Contract.Automations;

public sealed class CancelFlowRun : AutomationAction
{
    public override string Type => "cancel-flow-run";
}
