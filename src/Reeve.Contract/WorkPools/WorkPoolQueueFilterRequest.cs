namespace Reeve.Contract.WorkPools;

public sealed class WorkPoolQueueFilterRequest
{
    public WorkQueueFilter? WorkQueues { get; set; }

    public int Offset { get; set; }

    public int? Limit { get; set; }
}
