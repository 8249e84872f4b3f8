using System.Text.Json;
using Reeve.Contract;
using Reeve.Contract.Logs;
using Reeve.Server.Http;
using Reeve.Server.Messaging;
using Reeve.Settings.Views;

namespace Reeve.Server.Logs;

/// <summary><c>/logs</c>.</summary>
internal sealed class LogsApi(LogStore logs, IMessageBus bus, ServerSettings settings)
{
    public void Map(ApiRoutes api)
    {
        api.Post("/logs/", CreateAsync);
        api.Post("/logs/filter", FilterAsync);
    }

    private async Task<ApiResult> CreateAsync(ApiCall call)
    {
        var body = await call.BodyAsync<List<LogCreate>>();
        var stored = await logs.InsertAsync(body, call.Now, call.Cancel);
        if (settings.LogsStreamPublishingEnabled && bus.IsWanted(Topics.Logs))
        {
            bus.Publish(Topics.Logs, stored.ConvertAll(static log => new Message(log.Id, JsonSerializer.SerializeToUtf8Bytes(log, ReeveJson.TypeInfo<Log>()))));
        }
        return ApiResult.Json("null"u8, 201);
    }

    private async Task<ApiResult> FilterAsync(ApiCall call)
    {
        var body = await call.BodyAsync<LogFilterRequest>();
        return ApiResult.Json(await logs.ListAsync(body.Logs, body.Sort, call.Limit(body.Limit), body.Offset, call.Cancel));
    }
}
