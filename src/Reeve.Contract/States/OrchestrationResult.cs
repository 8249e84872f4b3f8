using Reeve.Core.Orchestration;

namespace Reeve.Contract.States;

public sealed class OrchestrationResult
{
    public State? State { get; set; }

    public SetStateStatus Status { get; set; }

    public SetStateDetails Details { get; set; } = null!;
}
