namespace Reeve.Contract.Flows;

public sealed class FlowFilter
{
    public Operator Operator { get; set; } = Operator.And;

    public FlowFilterId? Id { get; set; }

    public FlowFilterDeployment? Deployment { get; set; }

    public FlowFilterName? Name { get; set; }

    public FlowFilterTags? Tags { get; set; }
}
