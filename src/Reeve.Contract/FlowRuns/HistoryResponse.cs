namespace Reeve.Contract.FlowRuns;

public sealed class HistoryResponse
{
    public DateTimeOffset IntervalStart { get; set; }

    public DateTimeOffset IntervalEnd { get; set; }

    public List<HistoryResponseState> States { get; set; } = [];
}
