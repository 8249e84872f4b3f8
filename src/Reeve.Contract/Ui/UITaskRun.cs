using Reeve.Contract.TaskRuns;
using Reeve.Core;
using Reeve.Core.Orchestration;

namespace Reeve.Contract.Ui;

public sealed class UITaskRun
{
    public Guid Id { get; set; }

    public DateTimeOffset? Created { get; set; }

    public DateTimeOffset? Updated { get; set; }

    public string Name { get; set; } = "";

    public Guid? FlowRunId { get; set; }

    public string TaskKey { get; set; } = "";

    public string DynamicKey { get; set; } = "";

    public string? CacheKey { get; set; }

    public DateTimeOffset? CacheExpiration { get; set; }

    public string? TaskVersion { get; set; }

    public TaskRunPolicy EmpiricalPolicy { get; set; } = TaskRunPolicy.Empty;

    public List<string> Tags { get; set; } = [];

    public RawJson Labels { get; set; }

    public Guid? StateId { get; set; }

    public Dictionary<string, List<TaskRunInput>> TaskInputs { get; set; } = [];

    public StateType? StateType { get; set; }

    public string? StateName { get; set; }

    public int RunCount { get; set; }

    public int FlowRunRunCount { get; set; }

    public DateTimeOffset? ExpectedStartTime { get; set; }

    public DateTimeOffset? NextScheduledStartTime { get; set; }

    public DateTimeOffset? StartTime { get; set; }

    public DateTimeOffset? EndTime { get; set; }

    public TimeSpan TotalRunTime { get; set; }

    public TimeSpan EstimatedRunTime { get; set; }

    public TimeSpan EstimatedStartTimeDelta { get; set; }

    public State? State { get; set; }

    public string? FlowRunName { get; set; }
}
