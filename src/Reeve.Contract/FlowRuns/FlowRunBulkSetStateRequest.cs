using Reeve.Contract.States;

namespace Reeve.Contract.FlowRuns;

public sealed class FlowRunBulkSetStateRequest
{
    public FlowRunFilter? FlowRuns { get; set; }

    public StateCreate State { get; set; } = new();

    public bool Force { get; set; }

    public int Limit { get; set; } = 50;
}
