using Reeve.Contract.Deployments;
using Reeve.Contract.Flows;
using Reeve.Contract.TaskRuns;
using Reeve.Contract.WorkPools;

namespace Reeve.Contract.FlowRuns;

public sealed class FlowRunFilterRequest
{
    public FlowRunSort Sort { get; set; } = FlowRunSort.IdDesc;

    public int Offset { get; set; }

    public FlowFilter? Flows { get; set; }

    public FlowRunFilter? FlowRuns { get; set; }

    public TaskRunFilter? TaskRuns { get; set; }

    public DeploymentFilter? Deployments { get; set; }

    public WorkPoolFilter? WorkPools { get; set; }

    public WorkQueueFilter? WorkPoolQueues { get; set; }

    public int? Limit { get; set; }
}
