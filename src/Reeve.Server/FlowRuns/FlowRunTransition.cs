using Reeve.Core.Orchestration;

namespace Reeve.Server.FlowRuns;

/// <summary>A transition that was decided and, if it changes anything, is in the database.</summary>
/// <param name="Before">The run as it was.</param>
/// <param name="Decision">What came of the proposal.</param>
internal sealed record FlowRunTransition(FlowRunSnapshot Before, FlowRunDecision Decision)
{
    public bool Accepted => Decision.Status == SetStateStatus.Accept;
}
