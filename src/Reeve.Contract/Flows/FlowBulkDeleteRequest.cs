namespace Reeve.Contract.Flows;

public sealed class FlowBulkDeleteRequest
{
    public FlowFilter? Flows { get; set; }

    public int Limit { get; set; } = 50;
}
