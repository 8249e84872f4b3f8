using Reeve.Contract.Deployments;
using Reeve.Contract.Flows;
using Reeve.Contract.TaskRuns;
using Reeve.Contract.WorkPools;

namespace Reeve.Contract.FlowRuns;

public sealed class FlowRunHistoryRequest
{
    public DateTimeOffset HistoryStart { get; set; }

    public DateTimeOffset HistoryEnd { get; set; }

    public TimeSpan HistoryIntervalSeconds { get; set; }

    public FlowFilter? Flows { get; set; }

    public FlowRunFilter? FlowRuns { get; set; }

    public TaskRunFilter? TaskRuns { get; set; }

    public DeploymentFilter? Deployments { get; set; }

    public WorkPoolFilter? WorkPools { get; set; }

    public WorkQueueFilter? WorkQueues { get; set; }
}
