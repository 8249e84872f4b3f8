using Reeve.Core.Orchestration;

namespace Reeve.Contract.Automations;

public sealed class ChangeFlowRunState : AutomationAction
{
    public override string Type => "change-flow-run-state";

    public string? Name { get; set; }

    public StateType State { get; set; }

    public string? Message { get; set; }

    public bool Force { get; set; }
}
