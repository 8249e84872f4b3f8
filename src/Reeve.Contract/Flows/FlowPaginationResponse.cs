namespace Reeve.Contract.Flows;

public sealed class FlowPaginationResponse
{
    public List<Flow> Results { get; set; } = [];

    public int Count { get; set; }

    public int Limit { get; set; }

    public int Pages { get; set; }

    public int Page { get; set; }
}
