using Reeve.Contract.FlowRuns;

namespace Reeve.Contract.WorkPools;

public sealed class WorkQueueConcurrencyStatusDetail
{
    public Guid QueueId { get; set; }

    public string QueueName { get; set; } = "";

    public int ActiveSlots { get; set; }

    public int? ConcurrencyLimit { get; set; }

    public List<FlowRunSlotSummary> FlowRuns { get; set; } = [];

    public int? FlowRunCount { get; set; }
}
