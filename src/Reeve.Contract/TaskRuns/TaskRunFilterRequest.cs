using Reeve.Contract.Deployments;
using Reeve.Contract.FlowRuns;
using Reeve.Contract.Flows;

namespace Reeve.Contract.TaskRuns;

public sealed class TaskRunFilterRequest
{
    public TaskRunSort Sort { get; set; } = TaskRunSort.IdDesc;

    public int Offset { get; set; }

    public FlowFilter? Flows { get; set; }

    public FlowRunFilter? FlowRuns { get; set; }

    public TaskRunFilter? TaskRuns { get; set; }

    public DeploymentFilter? Deployments { get; set; }

    public int? Limit { get; set; }
}
