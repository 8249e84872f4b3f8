using Reeve.Core;
using Reeve.Core.Orchestration;

namespace Reeve.Contract.FlowRuns;

public sealed class FlowRunResponse
{
    public Guid Id { get; set; }

    public DateTimeOffset? Created { get; set; }

    public DateTimeOffset? Updated { get; set; }

    public string Name { get; set; } = "";

    public Guid FlowId { get; set; }

    public Guid? StateId { get; set; }

    public Guid? DeploymentId { get; set; }

    public string? DeploymentVersion { get; set; }

    public Guid? WorkQueueId { get; set; }

    public string? WorkQueueName { get; set; }

    public string? FlowVersion { get; set; }

    public RawJson Parameters { get; set; } = RawJson.EmptyObject;

    public string? IdempotencyKey { get; set; }

    public RawJson Context { get; set; } = RawJson.EmptyObject;

    public FlowRunPolicy EmpiricalPolicy { get; set; } = FlowRunPolicy.Empty;

    public List<string> Tags { get; set; } = [];

    public RawJson Labels { get; set; } = RawJson.EmptyObject;

    public Guid? ParentTaskRunId { get; set; }

    public StateType? StateType { get; set; }

    public string? StateName { get; set; }

    public int RunCount { get; set; }

    public DateTimeOffset? ExpectedStartTime { get; set; }

    public DateTimeOffset? NextScheduledStartTime { get; set; }

    public DateTimeOffset? StartTime { get; set; }

    public DateTimeOffset? EndTime { get; set; }

    public TimeSpan TotalRunTime { get; set; }

    public TimeSpan EstimatedRunTime { get; set; }

    public TimeSpan EstimatedStartTimeDelta { get; set; }

    public bool AutoScheduled { get; set; }

    public Guid? InfrastructureDocumentId { get; set; }

    public string? InfrastructurePid { get; set; }

    public CreatedBy? CreatedBy { get; set; }

    public Guid? WorkPoolId { get; set; }

    public string? WorkPoolName { get; set; }

    public State? State { get; set; }

    public RawJson JobVariables { get; set; }
}
