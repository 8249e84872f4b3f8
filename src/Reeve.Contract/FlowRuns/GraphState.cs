using Reeve.Core.Orchestration;

namespace Reeve.Contract.FlowRuns;

public sealed class GraphState
{
    public Guid Id { get; set; }

    public DateTimeOffset Timestamp { get; set; }

    public StateType Type { get; set; }

    public string Name { get; set; } = "";
}
