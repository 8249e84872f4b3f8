using Reeve.Core.Orchestration;

namespace Reeve.Contract.Ui;

public sealed class SimpleNextFlowRun
{
    public Guid Id { get; set; }

    public Guid FlowId { get; set; }

    public string Name { get; set; } = "";

    public string StateName { get; set; } = "";

    public StateType StateType { get; set; }

    public DateTimeOffset NextScheduledStartTime { get; set; }
}
