using Reeve.Contract.States;
using Reeve.Core;
using Reeve.Core.Orchestration;

namespace Reeve.Contract.FlowRuns;

public sealed class FlowRunCreate
{
    public StateCreate? State { get; set; }

    public string? Name { get; set; }

    public Guid FlowId { get; set; }

    public string? FlowVersion { get; set; }

    public RawJson Parameters { get; set; } = RawJson.EmptyObject;

    public RawJson Context { get; set; } = RawJson.EmptyObject;

    public Guid? ParentTaskRunId { get; set; }

    public Guid? InfrastructureDocumentId { get; set; }

    public FlowRunPolicy EmpiricalPolicy { get; set; } = FlowRunPolicy.Empty;

    public List<string> Tags { get; set; } = [];

    public RawJson Labels { get; set; }

    public string? IdempotencyKey { get; set; }

    public string? WorkPoolName { get; set; }

    public string? WorkQueueName { get; set; }

    public RawJson JobVariables { get; set; }

    public Guid? DeploymentId { get; set; }
}
