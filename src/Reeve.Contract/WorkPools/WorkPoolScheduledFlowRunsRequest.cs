namespace Reeve.Contract.WorkPools;

public sealed class WorkPoolScheduledFlowRunsRequest
{
    public List<string> WorkQueueNames { get; set; } = [];

    public DateTimeOffset? ScheduledBefore { get; set; }

    public DateTimeOffset? ScheduledAfter { get; set; }

    public int? Limit { get; set; }
}
