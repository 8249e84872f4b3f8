using Reeve.Contract.Deployments;
using Reeve.Contract.FlowRuns;
using Reeve.Contract.Flows;
using Reeve.Contract.TaskRuns;

namespace Reeve.Contract.Ui;

public sealed class TaskRunCountByStateRequest
{
    public FlowFilter? Flows { get; set; }

    public FlowRunFilter? FlowRuns { get; set; }

    public TaskRunFilter? TaskRuns { get; set; }

    public DeploymentFilter? Deployments { get; set; }
}
