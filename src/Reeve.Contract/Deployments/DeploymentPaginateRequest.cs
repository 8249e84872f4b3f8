using Reeve.Contract.FlowRuns;
using Reeve.Contract.Flows;
using Reeve.Contract.TaskRuns;
using Reeve.Contract.WorkPools;

namespace Reeve.Contract.Deployments;

public sealed class DeploymentPaginateRequest
{
    public int Page { get; set; } = 1;

    public FlowFilter? Flows { get; set; }

    public FlowRunFilter? FlowRuns { get; set; }

    public TaskRunFilter? TaskRuns { get; set; }

    public DeploymentFilter? Deployments { get; set; }

    public WorkPoolFilter? WorkPools { get; set; }

    public WorkQueueFilter? WorkPoolQueues { get; set; }

    public DeploymentSort Sort { get; set; } = DeploymentSort.NameAsc;

    public int? Limit { get; set; }
}
