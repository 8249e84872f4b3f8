using System.Text.Json.Serialization;

namespace Reeve.Contract.FlowRuns;

/// <summary>A node of the graph under its id, written as a list of the two.</summary>
[JsonConverter(typeof(GraphNodeConverter))]
public sealed record GraphNode(Guid Id, Node Node);
