namespace Reeve.Contract.WorkPools;

public sealed class WorkPoolConcurrencyStatus
{
    public int ActiveSlots { get; set; }

    public int? ConcurrencyLimit { get; set; }

    public List<WorkQueueConcurrencyStatusDetail> Queues { get; set; } = [];

    public int Count { get; set; }

    public int Limit { get; set; }

    public int Pages { get; set; }

    public int Page { get; set; }
}
