namespace Reeve.Contract.Deployments;

public sealed class DeploymentPaginationResponse
{
    public List<DeploymentResponse> Results { get; set; } = [];

    public int Count { get; set; }

    public int Limit { get; set; }

    public int Pages { get; set; }

    public int Page { get; set; }
}
