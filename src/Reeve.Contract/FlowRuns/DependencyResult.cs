using Reeve.Contract.TaskRuns;
using Reeve.Core.Orchestration;

namespace Reeve.Contract.FlowRuns;

public sealed class DependencyResult
{
    public Guid Id { get; set; }

    public string Name { get; set; } = "";

    public List<TaskRunResult> UpstreamDependencies { get; set; } = [];

    public State? State { get; set; }

    public DateTimeOffset? ExpectedStartTime { get; set; }

    public DateTimeOffset? StartTime { get; set; }

    public DateTimeOffset? EndTime { get; set; }

    public TimeSpan? TotalRunTime { get; set; }

    public TimeSpan? EstimatedRunTime { get; set; }

    public bool UntrackableResult { get; set; }
}
