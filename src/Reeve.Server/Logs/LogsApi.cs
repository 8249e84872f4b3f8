using Reeve.Contract.Logs;
using Reeve.Server.Http;

namespace Reeve.Server.Logs;

/// <summary><c>/logs</c>.</summary>
internal sealed class LogsApi(LogStore logs)
{
    public void Map(ApiRoutes api)
    {
        api.Post("/logs/", CreateAsync);
        api.Post("/logs/filter", FilterAsync);
    }

    private async Task<ApiResult> CreateAsync(ApiCall call)
    {
        var body = await call.BodyAsync<List<LogCreate>>();
        await logs.InsertAsync(body, call.Now, call.Cancel);
        return ApiResult.Json("null"u8, 201);
    }

    private async Task<ApiResult> FilterAsync(ApiCall call)
    {
        var body = await call.BodyAsync<LogFilterRequest>();
        return ApiResult.Json(await logs.ListAsync(body.Logs, body.Sort, call.Limit(body.Limit), body.Offset, call.Cancel));
    }
}
