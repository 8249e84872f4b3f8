namespace Reeve.Contract.FlowRuns;

public sealed class FlowRunBulkDeleteResponse
{
    public List<Guid> Deleted { get; set; } = [];
}
