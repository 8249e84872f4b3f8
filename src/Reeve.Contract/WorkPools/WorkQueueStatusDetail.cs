namespace Reeve.Contract.WorkPools;

public sealed class WorkQueueStatusDetail
{
    public bool Healthy { get; set; }

    public int LateRunsCount { get; set; }

    public DateTimeOffset? LastPolled { get; set; }

    public WorkQueueHealthPolicy HealthCheckPolicy { get; set; } = new();
}
