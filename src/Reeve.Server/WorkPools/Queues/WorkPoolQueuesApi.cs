using Reeve.Contract.WorkPools;
using Reeve.Data;
using Reeve.Server.Http;

namespace Reeve.Server.WorkPools.Queues;

/// <summary><c>/work_pools/{work_pool_name}/queues</c>.</summary>
internal sealed class WorkPoolQueuesApi(WorkPoolStore pools, WorkQueueStore queues, WorkQueueCreation creation)
{
    public void Map(ApiRoutes api)
    {
        api.Post("/work_pools/{work_pool_name}/queues", CreateAsync);
        api.Post("/work_pools/{work_pool_name}/queues/filter", FilterAsync);
        api.Get("/work_pools/{work_pool_name}/queues/{name}", ReadAsync);
        api.Patch("/work_pools/{work_pool_name}/queues/{name}", UpdateAsync);
        api.Delete("/work_pools/{work_pool_name}/queues/{name}", DeleteAsync);
    }

    private async Task<ApiResult> CreateAsync(ApiCall call)
    {
        var body = await call.BodyAsync<WorkQueueCreate>();
        var pool = await pools.ReadAsync(Pool(call), call.Cancel);
        try
        {
            return ApiResult.Json(await creation.CreateAsync(pool, body, call.Now, call.Cancel), 201);
        }
        catch (DatabaseException error) when (error.Kind == DatabaseErrorKind.UniqueViolation)
        {
            throw ApiException.Detail(409, $"A work queue with this name already exists in work pool '{pool.Name}'.");
        }
    }

    private async Task<ApiResult> FilterAsync(ApiCall call)
    {
        var body = await call.BodyAsync<WorkPoolQueueFilterRequest>();
        var limit = call.Limit(body.Limit);
        var pool = await pools.ReadAsync(Pool(call), call.Cancel);
        return ApiResult.Json(await queues.ListOfPoolAsync(pool.Id, body.WorkQueues, limit, body.Offset, call.Cancel));
    }

    private async Task<ApiResult> ReadAsync(ApiCall call) => ApiResult.Json((await FindAsync(call)).Wire);

    private async Task<ApiResult> UpdateAsync(ApiCall call)
    {
        var body = await call.BodyAsync<WorkQueueUpdate>();
        await queues.UpdateAsync(() => FindAsync(call), body, shift: true, call.Now, call.Cancel);
        return ApiResult.NoContent;
    }

    private async Task<ApiResult> DeleteAsync(ApiCall call)
    {
        var queue = await FindAsync(call);
        return await queues.DeleteAsync(queue, call.Now, call.Cancel)
            ? ApiResult.NoContent
            : throw WorkQueueStore.Missing(Pool(call), queue.Name);
    }

    private Task<WorkQueueRecord> FindAsync(ApiCall call) => queues.ReadAsync(Pool(call), call.Route("name"), call.Cancel);

    private static string Pool(ApiCall call) => call.Route("work_pool_name");
}
