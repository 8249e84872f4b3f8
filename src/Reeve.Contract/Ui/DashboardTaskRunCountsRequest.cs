using Reeve.Contract.Deployments;
using Reeve.Contract.FlowRuns;
using Reeve.Contract.Flows;
using Reeve.Contract.TaskRuns;
using Reeve.Contract.WorkPools;

namespace Reeve.Contract.Ui;

public sealed class DashboardTaskRunCountsRequest
{
    public TaskRunFilter TaskRuns { get; set; } = new();

    public FlowFilter? Flows { get; set; }

    public FlowRunFilter? FlowRuns { get; set; }

    public DeploymentFilter? Deployments { get; set; }

    public WorkPoolFilter? WorkPools { get; set; }

    public WorkQueueFilter? WorkQueues { get; set; }
}
