namespace Reeve.Contract.WorkPools;

public sealed class WorkQueueConcurrencyStatusRequest
{
    public int Page { get; set; } = 1;

    public int? Limit { get; set; }
}
