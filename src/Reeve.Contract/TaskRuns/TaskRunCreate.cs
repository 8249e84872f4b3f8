using Reeve.Contract.States;
using Reeve.Core;
using Reeve.Core.Orchestration;

namespace Reeve.Contract.TaskRuns;

public sealed class TaskRunCreate
{
    public Guid? Id { get; set; }

    public StateCreate? State { get; set; }

    public string? Name { get; set; }

    public Guid? FlowRunId { get; set; }

    public string TaskKey { get; set; } = "";

    public string DynamicKey { get; set; } = "";

    public string? CacheKey { get; set; }

    public DateTimeOffset? CacheExpiration { get; set; }

    public string? TaskVersion { get; set; }

    public TaskRunPolicy EmpiricalPolicy { get; set; } = TaskRunPolicy.Empty;

    public List<string> Tags { get; set; } = [];

    public RawJson Labels { get; set; }

    public Dictionary<string, List<TaskRunInput>> TaskInputs { get; set; } = [];
}
