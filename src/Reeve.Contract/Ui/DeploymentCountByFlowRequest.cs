namespace Reeve.Contract.Ui;

public sealed class DeploymentCountByFlowRequest
{
    public List<Guid> FlowIds { get; set; } = [];
}
