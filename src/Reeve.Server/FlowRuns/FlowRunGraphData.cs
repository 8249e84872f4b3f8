using Reeve.Contract.FlowRuns;

namespace Reeve.Server.FlowRuns;

/// <summary>What the graph of a flow run is drawn from.</summary>
/// <param name="Start">When the run started, or was to start.</param>
/// <param name="End">When it ended.</param>
/// <param name="Nodes">Its task runs and subflow runs, in order of their start.</param>
/// <param name="Artifacts">Its artifacts, the oldest first, each with the task run that made it.</param>
/// <param name="States">Its states, the oldest first.</param>
internal sealed record FlowRunGraphData(
    DateTimeOffset? Start,
    DateTimeOffset? End,
    List<FlowRunGraphNode> Nodes,
    List<(Guid? TaskRun, GraphArtifact Artifact)> Artifacts,
    List<GraphState> States);
