namespace Reeve.Contract.FlowRuns;

public sealed class Graph
{
    public DateTimeOffset? StartTime { get; set; }

    public DateTimeOffset? EndTime { get; set; }

    public List<Guid> RootNodeIds { get; set; } = [];

    public List<GraphNode> Nodes { get; set; } = [];

    public List<GraphArtifact> Artifacts { get; set; } = [];

    public List<GraphState> States { get; set; } = [];
}
