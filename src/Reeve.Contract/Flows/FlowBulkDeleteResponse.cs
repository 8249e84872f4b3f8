namespace Reeve.Contract.Flows;

public sealed class FlowBulkDeleteResponse
{
    public List<Guid> Deleted { get; set; } = [];
}
