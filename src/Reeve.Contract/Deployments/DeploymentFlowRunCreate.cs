using Reeve.Contract.States;
using Reeve.Core;
using Reeve.Core.Orchestration;

namespace Reeve.Contract.Deployments;

public sealed class DeploymentFlowRunCreate
{
    public StateCreate? State { get; set; }

    public string? Name { get; set; }

    public RawJson Parameters { get; set; } = RawJson.EmptyObject;

    public bool? EnforceParameterSchema { get; set; }

    public RawJson Context { get; set; } = RawJson.EmptyObject;

    public Guid? InfrastructureDocumentId { get; set; }

    public FlowRunPolicy EmpiricalPolicy { get; set; } = FlowRunPolicy.Empty;

    public List<string> Tags { get; set; } = [];

    public string? IdempotencyKey { get; set; }

    public RawJson Labels { get; set; }

    public Guid? ParentTaskRunId { get; set; }

    public string? WorkQueueName { get; set; }

    public RawJson JobVariables { get; set; } = RawJson.EmptyObject;
}
