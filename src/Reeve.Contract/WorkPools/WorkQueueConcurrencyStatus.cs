using Reeve.Contract.FlowRuns;

namespace Reeve.Contract.WorkPools;

public sealed class WorkQueueConcurrencyStatus
{
    public int ActiveSlots { get; set; }

    public int? ConcurrencyLimit { get; set; }

    public List<FlowRunSlotSummary> FlowRuns { get; set; } = [];

    public int Count { get; set; }

    public int Limit { get; set; }

    public int Pages { get; set; }

    public int Page { get; set; }
}
