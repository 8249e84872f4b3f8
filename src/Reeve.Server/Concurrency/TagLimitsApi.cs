using System.Buffers;
using Reeve.Contract.Concurrency;
using Reeve.Server.Http;

namespace Reeve.Server.Concurrency;

/// <summary><c>/concurrency_limits</c>: limits on tags, for clients that know no other.</summary>
internal sealed class TagLimitsApi(TagLimitStore limits, TagSlotStore slots)
{
    private static readonly SearchValues<char> NotInNames = SearchValues.Create("/%&><");

    public void Map(ApiRoutes api)
    {
        api.Post("/concurrency_limits/", PutAsync);
        api.Post("/concurrency_limits/filter", FilterAsync);
        api.Post("/concurrency_limits/increment", IncrementAsync);
        api.Post("/concurrency_limits/decrement", DecrementAsync);
        api.Get("/concurrency_limits/{id:uuid}", async call =>
            ApiResult.Json(await limits.FindAsync(call.Id(), call.Now, call.Cancel) ?? throw Missing()));
        api.Get("/concurrency_limits/tag/{tag}", async call =>
            ApiResult.Json(await limits.FindByTagAsync(call.Route("tag"), call.Now, call.Cancel) ?? throw Missing()));
        api.Post("/concurrency_limits/tag/{tag}/reset", ResetAsync);
        api.Delete("/concurrency_limits/{id:uuid}", async call =>
            await limits.DeleteAsync(call.Id(), call.Now, call.Cancel) ? ApiResult.Null : throw Missing());
        api.Delete("/concurrency_limits/tag/{tag}", async call =>
            await limits.DeleteByTagAsync(call.Route("tag"), call.Now, call.Cancel) ? ApiResult.Null : throw Missing());
    }

    private async Task<ApiResult> PutAsync(ApiCall call)
    {
        var body = await call.BodyAsync<ConcurrencyLimitCreate>();
        // What a limit of this name must keep to, so that it can be read by the other routes and by Prefect.
        if (body.ConcurrencyLimit < 0) throw call.Invalid("concurrency_limit", "Input should be greater than or equal to 0");
        if (body.Tag.AsSpan().ContainsAny(NotInNames)) throw call.Invalid("tag", "A tag with a limit cannot contain any of / % & > <");
        var (limit, created) = await limits.PutAsync(body, call.Now, call.Cancel);
        return ApiResult.Json(limit, created ? 201 : 200);
    }

    private async Task<ApiResult> FilterAsync(ApiCall call)
    {
        var body = await call.BodyAsync<ConcurrencyLimitFilterRequest>();
        return ApiResult.Json(await limits.ListAsync(call.Limit(body.Limit), body.Offset, call.Now, call.Cancel));
    }

    private async Task<ApiResult> ResetAsync(ApiCall call)
    {
        var body = await call.BodyAsync<TagConcurrencyResetRequest>();
        var holders = body.SlotOverride?.Distinct().ToList() ?? [];
        return await limits.ResetAsync(call.Route("tag"), holders, call.Now, call.Cancel) ? ApiResult.Null : throw Missing();
    }

    private async Task<ApiResult> IncrementAsync(ApiCall call)
    {
        var body = await call.BodyAsync<TagConcurrencyIncrementRequest>();
        return ApiResult.Json(await slots.TakeAsync(body.Names, body.TaskRunId, call.Cancel));
    }

    private async Task<ApiResult> DecrementAsync(ApiCall call)
    {
        var body = await call.BodyAsync<TagConcurrencyDecrementRequest>();
        return ApiResult.Json(await slots.GiveBackAsync(body.Names, body.TaskRunId, call.Cancel));
    }

    private static ApiException Missing() => ApiException.Detail(404, "Concurrency limit not found");
}
