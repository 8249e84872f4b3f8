namespace Reeve.Contract.FlowRuns;

public sealed class FlowRunPaginationResponse
{
    public List<FlowRunResponse> Results { get; set; } = [];

    public int Count { get; set; }

    public int Limit { get; set; }

    public int Pages { get; set; }

    public int Page { get; set; }
}
