namespace Reeve.Contract.Automations;

public sealed class ResumeFlowRun : AutomationAction
{
    public override string Type => "resume-flow-run";
}
