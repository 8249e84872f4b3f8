using Reeve.Contract.Deployments;
using Reeve.Contract.FlowRuns;
using Reeve.Contract.Flows;

namespace Reeve.Contract.TaskRuns;

public sealed class TaskRunHistoryRequest
{
    public DateTimeOffset HistoryStart { get; set; }

    public DateTimeOffset HistoryEnd { get; set; }

    public TimeSpan HistoryIntervalSeconds { get; set; }

    public FlowFilter? Flows { get; set; }

    public FlowRunFilter? FlowRuns { get; set; }

    public TaskRunFilter? TaskRuns { get; set; }

    public DeploymentFilter? Deployments { get; set; }
}
