using Reeve.Contract.FlowRuns;

namespace Reeve.Server.FlowRuns;

/// <summary>Draws the graph of a flow run: nodes in order of their start, each edge at both of its ends and once.</summary>
internal static class FlowRunGraph
{
    /// <summary>The graph, with only the nodes that were not over by <paramref name="since"/>; their edges may lead to others.</summary>
    public static Graph Draw(FlowRunGraphData data, DateTimeOffset since)
    {
        var places = new Dictionary<Guid, int>(data.Nodes.Count);
        for (var i = 0; i < data.Nodes.Count; i++) places.TryAdd(data.Nodes[i].Id, i);
        var parents = new SortedSet<int>[data.Nodes.Count];
        var children = new SortedSet<int>[data.Nodes.Count];
        var around = new SortedSet<int>[data.Nodes.Count];
        for (var i = 0; i < data.Nodes.Count; i++)
        {
            foreach (var (id, encapsulates) in data.Nodes[i].Inputs)
            {
                if (!places.TryGetValue(id, out var place)) continue;
                if (encapsulates)
                {
                    (around[i] ??= []).Add(place);
                }
                else
                {
                    (parents[i] ??= []).Add(place);
                    (children[place] ??= []).Add(i);
                }
            }
        }
        var artifacts = data.Artifacts.ToLookup(static made => made.TaskRun, static made => made.Artifact);
        var graph = new Graph { StartTime = data.Start, EndTime = data.End, Artifacts = [.. artifacts[null]], States = data.States };
        for (var i = 0; i < data.Nodes.Count; i++)
        {
            var node = data.Nodes[i];
            if (node.End < since || places[node.Id] != i) continue;
            if (parents[i] is null) graph.RootNodeIds.Add(node.Id);
            graph.Nodes.Add(new GraphNode(node.Id, new Node
            {
                Kind = node.Kind, Id = node.Id, Label = node.Label, StateType = node.StateType, StartTime = node.Start, EndTime = node.End,
                Parents = Edges(data, parents[i]), Children = Edges(data, children[i]), Encapsulating = Edges(data, around[i]),
                Artifacts = [.. artifacts[node.Id]],
            }));
        }
        return graph;
    }

    private static List<Edge> Edges(FlowRunGraphData data, SortedSet<int>? places) =>
        places is null ? [] : [.. places.Select(place => new Edge { Id = data.Nodes[place].Id })];
}
