using Reeve.Core.Orchestration;

namespace Reeve.Contract.FlowRuns;

public sealed class FlowRunSlotSummary
{
    public Guid Id { get; set; }

    public string Name { get; set; } = "";

    public StateType? StateType { get; set; }

    public string? StateName { get; set; }

    public DateTimeOffset? StartTime { get; set; }

    public DateTimeOffset? StateTimestamp { get; set; }

    public TimeSpan? TimeInCurrentState { get; set; }
}
