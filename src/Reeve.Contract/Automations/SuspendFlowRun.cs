namespace Reeve.Contract.Automations;

public sealed class SuspendFlowRun : AutomationAction
{
    public override string Type => "suspend-flow-run";
}
