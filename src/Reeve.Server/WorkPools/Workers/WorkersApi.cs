using Reeve.Contract.WorkPools;
using Reeve.Server.Http;

namespace Reeve.Server.WorkPools.Workers;

/// <summary><c>/work_pools/{work_pool_name}/workers</c>, but for the websocket.</summary>
internal sealed class WorkersApi(WorkPoolStore pools, WorkerStore workers)
{
    public void Map(ApiRoutes api)
    {
        api.Post("/work_pools/{work_pool_name}/workers/heartbeat", HeartbeatAsync);
        api.Post("/work_pools/{work_pool_name}/workers/filter", FilterAsync);
        api.Delete("/work_pools/{work_pool_name}/workers/{name}", DeleteAsync);
    }

    private async Task<ApiResult> HeartbeatAsync(ApiCall call)
    {
        var body = await call.BodyAsync<WorkerHeartbeatRequest>();
        var pool = await workers.HeartbeatAsync(Pool(call), body.Name, body.HeartbeatIntervalSeconds, call.Now, call.Cancel);
        return pool is null ? throw WorkPoolStore.Missing(Pool(call)) : ApiResult.NoContent;
    }

    private async Task<ApiResult> FilterAsync(ApiCall call)
    {
        var body = await call.BodyAsync<WorkerFilterRequest>();
        var limit = call.Limit(body.Limit);
        var pool = await pools.ReadAsync(Pool(call), call.Cancel);
        return ApiResult.Json(await workers.ListAsync(pool.Id, body.Workers, limit, body.Offset, call.Cancel));
    }

    private async Task<ApiResult> DeleteAsync(ApiCall call)
    {
        var pool = await pools.ReadAsync(Pool(call), call.Cancel);
        return await workers.DeleteAsync(pool.Id, call.Route("name"), call.Cancel)
            ? ApiResult.NoContent
            : throw ApiException.Detail(404, "Worker not found.");
    }

    private static string Pool(ApiCall call) => call.Route("work_pool_name");
}
