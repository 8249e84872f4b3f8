using Reeve.Contract.FlowRuns;
using Reeve.Server.Http;

namespace Reeve.Server.FlowRuns;

/// <summary><c>/flow_runs/{id}/input</c>.</summary>
internal sealed class FlowRunInputsApi(FlowRunInputStore inputs)
{
    public void Map(ApiRoutes api)
    {
        api.Post("/flow_runs/{id:uuid}/input", CreateAsync);
        api.Post("/flow_runs/{id:uuid}/input/filter", FilterAsync);
        api.Get("/flow_runs/{id:uuid}/input/{key}", ReadAsync);
        api.Delete("/flow_runs/{id:uuid}/input/{key}", DeleteAsync);
    }

    private async Task<ApiResult> CreateAsync(ApiCall call)
    {
        await inputs.CreateAsync(call.Id(), await call.BodyAsync<FlowRunInputCreateRequest>(), call.Now, call.Cancel);
        return ApiResult.Json("null"u8, 201);
    }

    private async Task<ApiResult> FilterAsync(ApiCall call) =>
        ApiResult.Json(await inputs.ListAsync(call.Id(), await call.BodyAsync<FlowRunInputFilterRequest>(), call.Cancel));

    private async Task<ApiResult> ReadAsync(ApiCall call) =>
        ApiResult.Text(await inputs.FindValueAsync(call.Id(), call.Route("key"), call.Cancel) ?? throw NotFound());

    private async Task<ApiResult> DeleteAsync(ApiCall call) =>
        await inputs.DeleteAsync(call.Id(), call.Route("key"), call.Cancel) ? ApiResult.NoContent : throw NotFound();

    private static ApiException NotFound() => ApiException.Detail(404, "Flow run input not found");
}
