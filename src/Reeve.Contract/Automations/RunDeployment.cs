using Reeve.Core;

namespace Reeve.Contract.Automations;

public sealed class RunDeployment : AutomationAction
{
    public override string Type => "run-deployment";

    public ActionSource Source { get; set; } = ActionSource.Selected;

    public Guid? DeploymentId { get; set; }

    public RawJson Parameters { get; set; }

    public RawJson JobVariables { get; set; }

    public TimeSpan ScheduleAfter { get; set; }
}
