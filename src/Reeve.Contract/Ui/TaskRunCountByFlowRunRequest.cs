namespace Reeve.Contract.Ui;

public sealed class TaskRunCountByFlowRunRequest
{
    public List<Guid> FlowRunIds { get; set; } = [];
}
