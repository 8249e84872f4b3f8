using Reeve.Contract.Deployments;
using Reeve.Core;

namespace Reeve.Server.Deployments;

/// <summary>A deployment with what stands around it: flow, queue, pool and limit.</summary>
internal sealed class DeploymentRecord
{
    public required DeploymentResponse Wire { get; init; }

    /// <summary>The column <c>work_queue_name</c>, which may differ from the name of the queue it is in.</summary>
    public string? StoredQueueName { get; init; }

    public required string FlowName { get; init; }
    public Guid? ConcurrencyLimitId { get; init; }
    public string? QueueName { get; init; }
    public Guid? WorkPoolId { get; init; }
    public string? WorkPoolType { get; init; }

    /// <summary>The pool's template, or null without a pool.</summary>
    public RawJson? BaseJobTemplate { get; init; }

    public Guid Id => Wire.Id;

    public DeploymentSurroundings Surroundings => new(Wire.FlowId, FlowName)
    {
        QueueId = Wire.WorkQueueId, QueueName = QueueName,
        WorkPoolId = WorkPoolId, WorkPoolName = Wire.WorkPoolName, WorkPoolType = WorkPoolType,
        StorageDocumentId = Wire.StorageDocumentId, InfrastructureDocumentId = Wire.InfrastructureDocumentId,
        ConcurrencyLimitId = ConcurrencyLimitId,
    };
}
