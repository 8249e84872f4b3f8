namespace Reeve.Contract.Deployments;

public sealed class DeploymentBulkDeleteResponse
{
    public List<Guid> Deleted { get; set; } = [];
}
