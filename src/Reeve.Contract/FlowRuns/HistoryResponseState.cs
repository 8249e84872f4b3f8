using Reeve.Core.Orchestration;

namespace Reeve.Contract.FlowRuns;

public sealed class HistoryResponseState
{
    public StateType StateType { get; set; }

    public string StateName { get; set; } = "";

    public int CountRuns { get; set; }

    public TimeSpan SumEstimatedRunTime { get; set; }

    public TimeSpan SumEstimatedLateness { get; set; }
}
