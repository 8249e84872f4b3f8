namespace Reeve.Contract.FlowRuns;

public sealed class FlowRunBulkCreateResponse
{
    public List<FlowRunCreateResult> Results { get; set; } = [];
}
