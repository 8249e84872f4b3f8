namespace Reeve.Contract.Automations;

public sealed class DeleteFlowRun : AutomationAction
{
    public override string Type => "delete-flow-run";
}
