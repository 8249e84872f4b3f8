namespace Reeve.Server.Deployments;

/// <summary>What an event of a deployment names besides the deployment itself.</summary>
internal sealed record DeploymentSurroundings(Guid FlowId, string FlowName)
{
    public Guid? QueueId { get; init; }
    public string? QueueName { get; init; }
    public Guid? WorkPoolId { get; init; }
    public string? WorkPoolName { get; init; }
    public string? WorkPoolType { get; init; }
    public Guid? StorageDocumentId { get; init; }
    public Guid? InfrastructureDocumentId { get; init; }
    public Guid? ConcurrencyLimitId { get; init; }
}
