using Reeve.Core.Orchestration;

namespace Reeve.Contract.Ui;

public sealed class SimpleFlowRun
{
    public Guid Id { get; set; }

    public StateType StateType { get; set; }

    public DateTimeOffset Timestamp { get; set; }

    public TimeSpan Duration { get; set; }

    public TimeSpan Lateness { get; set; }
}
