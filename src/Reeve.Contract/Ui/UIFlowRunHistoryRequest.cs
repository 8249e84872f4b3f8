using Reeve.Contract.Deployments;
using Reeve.Contract.FlowRuns;
using Reeve.Contract.Flows;
using Reeve.Contract.TaskRuns;
using Reeve.Contract.WorkPools;

namespace Reeve.Contract.Ui;

public sealed class UIFlowRunHistoryRequest
{
    public FlowRunSort Sort { get; set; } = FlowRunSort.ExpectedStartTimeDesc;

    public int Limit { get; set; } = 1000;

    public int Offset { get; set; }

    public FlowFilter? Flows { get; set; }

    public FlowRunFilter? FlowRuns { get; set; }

    public TaskRunFilter? TaskRuns { get; set; }

    public DeploymentFilter? Deployments { get; set; }

    public WorkPoolFilter? WorkPools { get; set; }
}
