namespace Reeve.Contract.Deployments;

public sealed class DeploymentBulkDeleteRequest
{
    public DeploymentFilter? Deployments { get; set; }

    public int Limit { get; set; } = 50;
}
