using Reeve.Core.Orchestration;

namespace Reeve.Contract.TaskRuns;

public sealed class TaskRunResponse
{
    public Guid Id { get; set; }

    public DateTimeOffset? Created { get; set; }

    public DateTimeOffset? Updated { get; set; }

    public string Name { get; set; } = "";

    public Guid? FlowRunId { get; set; }

    public string TaskKey { get; set; } = "";

    public Guid? StateId { get; set; }

    public State? State { get; set; }

    public string? TaskVersion { get; set; }

    public Dictionary<string, List<TaskRunInput>> TaskInputs { get; set; } = [];

    public TaskRunPolicy EmpiricalPolicy { get; set; } = TaskRunPolicy.Empty;

    public List<string> Tags { get; set; } = [];

    public DateTimeOffset? StartTime { get; set; }

    public DateTimeOffset? EndTime { get; set; }

    public TimeSpan TotalRunTime { get; set; }

    public TimeSpan EstimatedRunTime { get; set; }

    public TimeSpan EstimatedStartTimeDelta { get; set; }
}
