using Reeve.Server.Http;

namespace Reeve.Server.Admin;

/// <summary>
/// <c>/collections</c>: what kinds of worker there are and what their pools start with. The document is this server's own;
/// nothing is fetched from elsewhere.
/// </summary>
internal sealed class CollectionsApi
{
    private const string WorkerView = "aggregate-worker-metadata";

    public void Map(ApiRoutes api) => api.Get("/collections/views/{view}", ReadAsync);

    private static Task<ApiResult> ReadAsync(ApiCall call) => Task.FromResult(call.Route("view") switch
    {
        WorkerView => ApiResult.Json(Bundled.Read("worker-metadata.json").Span),
        "aggregate-block-metadata" or "aggregate-flow-metadata" or "demo-flows" =>
            throw ApiException.Detail(404, $"Requested content missing for view {call.Route("view")}"),
        var view => throw ApiException.Detail(404, $"View {view} not found in registry"),
    });
}
