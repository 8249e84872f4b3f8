namespace Reeve.Contract.FlowRuns;

public sealed class FlowRunBulkSetStateResponse
{
    public List<FlowRunOrchestrationResult> Results { get; set; } = [];
}
