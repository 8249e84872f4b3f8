using Reeve.Contract.SavedSearches;
using Reeve.Server.Http;

namespace Reeve.Server.SavedSearches;

/// <summary><c>/saved_searches</c>.</summary>
internal sealed class SavedSearchesApi(SavedSearchStore searches)
{
    public void Map(ApiRoutes api)
    {
        api.Put("/saved_searches/", PutAsync);
        api.Get("/saved_searches/{id:uuid}", ReadAsync);
        api.Post("/saved_searches/filter", FilterAsync);
        api.Delete("/saved_searches/{id:uuid}", DeleteAsync);
    }

    private async Task<ApiResult> PutAsync(ApiCall call)
    {
        var body = await call.BodyAsync<SavedSearchCreate>();
        var (search, created) = await searches.PutAsync(body, call.Now, call.Cancel);
        return ApiResult.Json(search, created ? 201 : 200);
    }

    private async Task<ApiResult> ReadAsync(ApiCall call) =>
        ApiResult.Json(await searches.FindAsync(call.Id(), call.Cancel) ?? throw Missing());

    private async Task<ApiResult> FilterAsync(ApiCall call)
    {
        var body = await call.BodyAsync<SavedSearchFilterRequest>();
        return ApiResult.Json(await searches.ListAsync(call.Limit(body.Limit), body.Offset, call.Cancel));
    }

    private async Task<ApiResult> DeleteAsync(ApiCall call) =>
        await searches.DeleteAsync(call.Id(), call.Cancel) ? ApiResult.NoContent : throw Missing();

    private static ApiException Missing() => ApiException.Detail(404, "Saved search not found");
}
