using Reeve.Contract.Artifacts;
using Reeve.Contract.Deployments;
using Reeve.Contract.FlowRuns;
using Reeve.Contract.Flows;
using Reeve.Contract.TaskRuns;
using Reeve.Server.Filters;
using Reeve.Server.Http;

namespace Reeve.Server.Artifacts;

/// <summary><c>/artifacts</c>.</summary>
internal sealed class ArtifactsApi(ArtifactStore artifacts)
{
    public void Map(ApiRoutes api)
    {
        api.Post("/artifacts/", CreateAsync);
        api.Post("/artifacts/filter", FilterAsync);
        api.Post("/artifacts/count", CountAsync);
        api.Post("/artifacts/latest/filter", FilterLatestAsync);
        api.Post("/artifacts/latest/count", CountLatestAsync);
        api.Get("/artifacts/{id:uuid}", ReadAsync);
        api.Patch("/artifacts/{id:uuid}", UpdateAsync);
        api.Delete("/artifacts/{id:uuid}", DeleteAsync);
        api.Get("/artifacts/{key}/latest", ReadLatestAsync);
    }

    private async Task<ApiResult> CreateAsync(ApiCall call)
    {
        var body = await call.BodyAsync<ArtifactCreate>();
        return ApiResult.Json(await artifacts.CreateAsync(body, call.Now, call.Cancel), 201);
    }

    private async Task<ApiResult> ReadAsync(ApiCall call) =>
        ApiResult.Json(await artifacts.FindAsync(call.Id(), call.Cancel) ?? throw Missing());

    /// <summary>The row of the key in the shape of an artifact; its id is that row's own.</summary>
    private async Task<ApiResult> ReadLatestAsync(ApiCall call)
    {
        var latest = await artifacts.FindLatestAsync(call.Route("key"), call.Cancel) ?? throw Missing();
        return ApiResult.Json(new Artifact
        {
            Id = latest.Id, Created = latest.Created, Updated = latest.Updated, Key = latest.Key, Type = latest.Type,
            Description = latest.Description, Data = latest.Data, Metadata = latest.Metadata,
            FlowRunId = latest.FlowRunId, TaskRunId = latest.TaskRunId,
        });
    }

    private async Task<ApiResult> FilterAsync(ApiCall call)
    {
        var body = await call.BodyAsync<ArtifactFilterRequest>();
        var related = Related(body.FlowRuns, body.TaskRuns, body.Flows, body.Deployments);
        return ApiResult.Json(await artifacts.ListAsync(body.Artifacts, related, body.Sort, call.Limit(body.Limit), body.Offset, call.Cancel));
    }

    private async Task<ApiResult> FilterLatestAsync(ApiCall call)
    {
        var body = await call.BodyAsync<ArtifactCollectionFilterRequest>();
        var related = Related(body.FlowRuns, body.TaskRuns, body.Flows, body.Deployments);
        var sort = (ArtifactSort)body.Sort; // the two enums list the same orders
        return ApiResult.Json(await artifacts.ListLatestAsync(body.Artifacts, related, sort, call.Limit(body.Limit), body.Offset, call.Cancel));
    }

    private async Task<ApiResult> CountAsync(ApiCall call)
    {
        var body = await call.BodyAsync<ArtifactCountRequest>();
        var related = Related(body.FlowRuns, body.TaskRuns, body.Flows, body.Deployments);
        return ApiResult.Number(await artifacts.CountAsync(body.Artifacts, related, call.Cancel));
    }

    private async Task<ApiResult> CountLatestAsync(ApiCall call)
    {
        var body = await call.BodyAsync<ArtifactCollectionCountRequest>();
        var related = Related(body.FlowRuns, body.TaskRuns, body.Flows, body.Deployments);
        return ApiResult.Number(await artifacts.CountLatestAsync(body.Artifacts, related, call.Cancel));
    }

    private async Task<ApiResult> UpdateAsync(ApiCall call)
    {
        var body = await call.BodyAsync<ArtifactUpdate>();
        return await artifacts.UpdateAsync(call.Id(), body, call.Now, call.Cancel) ? ApiResult.NoContent : throw Missing();
    }

    private async Task<ApiResult> DeleteAsync(ApiCall call) =>
        await artifacts.DeleteAsync(call.Id(), call.Now, call.Cancel) ? ApiResult.NoContent : throw Missing();

    private static RelatedFilters Related(FlowRunFilter? flowRuns, TaskRunFilter? taskRuns, FlowFilter? flows, DeploymentFilter? deployments) =>
        new() { FlowRuns = flowRuns, TaskRuns = taskRuns, Flows = flows, Deployments = deployments };

    private static ApiException Missing() => ApiException.Detail(404, "Artifact not found.");
}
