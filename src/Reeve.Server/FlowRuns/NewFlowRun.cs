using Reeve.Contract;
using Reeve.Core;
using Reeve.Core.Orchestration;

namespace Reeve.Server.FlowRuns;

/// <summary>A flow run to create.</summary>
internal sealed record NewFlowRun
{
    public required Guid FlowId { get; init; }

    /// <summary>Null or empty: a name is made up.</summary>
    public string? Name { get; init; }

    public Guid? DeploymentId { get; init; }

    public string? DeploymentVersion { get; init; }

    public Guid? WorkQueueId { get; init; }

    public string? WorkQueueName { get; init; }

    public string? FlowVersion { get; init; }

    public RawJson Parameters { get; init; } = RawJson.EmptyObject;

    public RawJson Context { get; init; } = RawJson.EmptyObject;

    public FlowRunPolicy EmpiricalPolicy { get; init; } = FlowRunPolicy.Empty;

    public List<string> Tags { get; init; } = [];

    /// <summary>The caller's labels; they win over those of the flow or deployment.</summary>
    public RawJson Labels { get; init; }

    public Guid? ParentTaskRunId { get; init; }

    public Guid? InfrastructureDocumentId { get; init; }

    /// <summary>A second run of the flow with the same key is not created. Null or empty: no key.</summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>JSON null is stored as NULL.</summary>
    public RawJson JobVariables { get; init; } = RawJson.EmptyObject;

    public CreatedBy? CreatedBy { get; init; }

    public bool AutoScheduled { get; init; }

    public required FlowRunProposal State { get; init; }
}
