namespace Reeve.Contract.WorkPools;

public sealed class WorkQueueFilterRequest
{
    public int Offset { get; set; }

    public WorkQueueFilter? WorkQueues { get; set; }

    public int? Limit { get; set; }
}
