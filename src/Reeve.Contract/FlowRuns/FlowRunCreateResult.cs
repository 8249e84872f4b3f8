namespace Reeve.Contract.FlowRuns;

public sealed class FlowRunCreateResult
{
    public Guid? FlowRunId { get; set; }

    public FlowRunCreateStatus Status { get; set; }

    public string? Error { get; set; }
}
