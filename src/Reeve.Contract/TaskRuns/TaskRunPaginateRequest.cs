using Reeve.Contract.Deployments;
using Reeve.Contract.FlowRuns;
using Reeve.Contract.Flows;

namespace Reeve.Contract.TaskRuns;

public sealed class TaskRunPaginateRequest
{
    public TaskRunSort Sort { get; set; } = TaskRunSort.IdDesc;

    public int Page { get; set; } = 1;

    public FlowFilter? Flows { get; set; }

    public FlowRunFilter? FlowRuns { get; set; }

    public TaskRunFilter? TaskRuns { get; set; }

    public DeploymentFilter? Deployments { get; set; }

    public int? Limit { get; set; }
}
