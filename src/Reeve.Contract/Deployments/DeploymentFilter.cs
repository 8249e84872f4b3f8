namespace Reeve.Contract.Deployments;

public sealed class DeploymentFilter
{
    public Operator Operator { get; set; } = Operator.And;

    public DeploymentFilterId? Id { get; set; }

    public DeploymentFilterName? Name { get; set; }

    public DeploymentOrFlowNameFilter? FlowOrDeploymentName { get; set; }

    public DeploymentFilterPaused? Paused { get; set; }

    public DeploymentFilterTags? Tags { get; set; }

    public DeploymentFilterWorkQueueName? WorkQueueName { get; set; }

    public DeploymentFilterConcurrencyLimit? ConcurrencyLimit { get; set; }
}
