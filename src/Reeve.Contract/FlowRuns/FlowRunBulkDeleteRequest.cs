namespace Reeve.Contract.FlowRuns;

public sealed class FlowRunBulkDeleteRequest
{
    public FlowRunFilter? FlowRuns { get; set; }

    public int Limit { get; set; } = 50;
}
