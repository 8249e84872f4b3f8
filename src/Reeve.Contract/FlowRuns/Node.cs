using Reeve.Core.Orchestration;

namespace Reeve.Contract.FlowRuns;

public sealed class Node
{
    public NodeKind Kind { get; set; }

    public Guid Id { get; set; }

    public string Label { get; set; } = "";

    public StateType StateType { get; set; }

    public DateTimeOffset StartTime { get; set; }

    public DateTimeOffset? EndTime { get; set; }

    public List<Edge> Parents { get; set; } = [];

    public List<Edge> Children { get; set; } = [];

    public List<Edge> Encapsulating { get; set; } = [];

    public List<GraphArtifact> Artifacts { get; set; } = [];
}
