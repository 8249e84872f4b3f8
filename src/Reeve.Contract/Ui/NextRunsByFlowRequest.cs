namespace Reeve.Contract.Ui;

public sealed class NextRunsByFlowRequest
{
    public List<Guid> FlowIds { get; set; } = [];
}
