using Reeve.Contract.States;
using Reeve.Core.Orchestration;

namespace Reeve.Contract.FlowRuns;

public sealed class FlowRunOrchestrationResult
{
    public Guid FlowRunId { get; set; }

    public SetStateStatus Status { get; set; }

    public State? State { get; set; }

    public SetStateDetails Details { get; set; } = null!;
}
