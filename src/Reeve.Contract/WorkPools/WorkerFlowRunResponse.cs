using Reeve.Contract.FlowRuns;

namespace Reeve.Contract.WorkPools;

public sealed class WorkerFlowRunResponse
{
    public Guid WorkPoolId { get; set; }

    public Guid WorkQueueId { get; set; }

    public FlowRun FlowRun { get; set; } = new();
}
