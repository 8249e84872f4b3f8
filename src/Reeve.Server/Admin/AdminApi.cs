using Reeve.Contract;
using Reeve.Contract.Admin;
using Reeve.Server.Http;
using Reeve.Settings;

namespace Reeve.Server.Admin;

/// <summary><c>/admin</c>.</summary>
internal sealed class AdminApi(ResultStorageStore storage)
{
    public void Map(ApiRoutes api)
    {
        api.Get("/admin/settings", static call => Task.FromResult(ApiResult.Written(writer => SettingsTree.Write(writer, call.Settings.Resolved))));
        api.Get("/admin/version", static _ => Task.FromResult(ApiResult.Written(static writer => writer.WriteStringValue(PrefectVersion.Package))));
        api.Get("/admin/storage", async call => ApiResult.Json(await storage.ReadAsync(call.Cancel)));
        api.Put("/admin/storage", SetStorageAsync);
        api.Delete("/admin/storage", ClearStorageAsync);
    }

    private async Task<ApiResult> SetStorageAsync(ApiCall call)
    {
        var body = await call.BodyAsync<ServerDefaultResultStorageUpdate>();
        return ApiResult.Json(await storage.SetAsync(body.DefaultResultStorageBlockId, call.Now, call.Cancel));
    }

    private async Task<ApiResult> ClearStorageAsync(ApiCall call)
    {
        await storage.ClearAsync(call.Cancel);
        return ApiResult.NoContent;
    }
}
