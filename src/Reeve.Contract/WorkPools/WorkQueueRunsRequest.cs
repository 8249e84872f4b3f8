namespace Reeve.Contract.WorkPools;

public sealed class WorkQueueRunsRequest
{
    public DateTimeOffset? ScheduledBefore { get; set; }

    public int? Limit { get; set; }
}
