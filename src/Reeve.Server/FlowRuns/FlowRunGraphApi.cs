using Reeve.Contract.Json;
using Reeve.Server.Http;

namespace Reeve.Server.FlowRuns;

/// <summary>The two graphs of a flow run: <c>/graph</c>, a list of dependencies, and <c>/graph-v2</c>, which is drawn.</summary>
internal sealed class FlowRunGraphApi(FlowRunGraphStore store)
{
    /// <summary>How much larger a graph may be than an answer about it, when only its latest part is asked for.</summary>
    private const int Beyond = 10;

    public void Map(ApiRoutes api)
    {
        api.Get("/flow_runs/{id:uuid}/graph", DependenciesAsync);
        api.Get("/flow_runs/{id:uuid}/graph-v2", GraphAsync);
    }

    private async Task<ApiResult> DependenciesAsync(ApiCall call) =>
        ApiResult.Json(await store.DependenciesAsync(call.Id(), call.Now, call.Cancel)
            ?? throw ApiException.Missing($"Flow run with id {call.Id()} not found"));

    private async Task<ApiResult> GraphAsync(ApiCall call)
    {
        var since = Since(call.Query("since"));
        var maxNodes = call.Settings.GraphMaxNodes;
        var all = (int)Math.Min(int.MaxValue, (since > DateTimeOffset.MinValue ? (long)maxNodes * Beyond : maxNodes) + 1);
        var data = await store.FindAsync(call.Id(), all, call.Settings.GraphMaxArtifacts, call.Cancel)
            ?? throw ApiException.Missing($"Flow run {call.Id()} not found");
        var graph = FlowRunGraph.Draw(data, since);
        if (data.Nodes.Count >= all || graph.Nodes.Count > maxNodes)
        {
            throw ApiException.Detail(400, $"The graph of flow run {call.Id()} has more than {maxNodes} nodes.");
        }
        return ApiResult.Json(graph);
    }

    // The parameter has been checked to be a time.
    private static DateTimeOffset Since(string? text) => WireInstant.TryParse(text, out var since) ? since : DateTimeOffset.MinValue;
}
