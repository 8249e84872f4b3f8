using Reeve.Core.Orchestration;

namespace Reeve.Server.FlowRuns;

/// <summary>A flow run as it is loaded for a transition: what the rules ask, and what its events tell of related objects.</summary>
internal sealed record FlowRunContext
{
    public required FlowRunSnapshot Run { get; init; }

    public required FlowRunFacts Facts { get; init; }

    public required FlowRunRelated Related { get; init; }
}
