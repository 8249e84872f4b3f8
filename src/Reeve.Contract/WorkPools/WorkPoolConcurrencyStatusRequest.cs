namespace Reeve.Contract.WorkPools;

public sealed class WorkPoolConcurrencyStatusRequest
{
    public int Page { get; set; } = 1;

    public int FlowRunLimit { get; set; } = 10;

    public int? Limit { get; set; }
}
