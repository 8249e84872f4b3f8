namespace Reeve.Contract.Deployments;

public sealed class DeploymentScheduledFlowRunsRequest
{
    public List<Guid> DeploymentIds { get; set; } = [];

    public DateTimeOffset? ScheduledBefore { get; set; }

    public int? Limit { get; set; }
}
