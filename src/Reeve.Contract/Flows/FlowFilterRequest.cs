using Reeve.Contract.Deployments;
using Reeve.Contract.FlowRuns;
using Reeve.Contract.TaskRuns;
using Reeve.Contract.WorkPools;

namespace Reeve.Contract.Flows;

public sealed class FlowFilterRequest
{
    public int Offset { get; set; }

    public FlowFilter? Flows { get; set; }

    public FlowRunFilter? FlowRuns { get; set; }

    public TaskRunFilter? TaskRuns { get; set; }

    public DeploymentFilter? Deployments { get; set; }

    public WorkPoolFilter? WorkPools { get; set; }

    public FlowSort Sort { get; set; } = FlowSort.NameAsc;

    public int? Limit { get; set; }
}
