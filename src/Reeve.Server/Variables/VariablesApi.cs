using Reeve.Contract.Variables;
using Reeve.Server.Http;

namespace Reeve.Server.Variables;

/// <summary><c>/variables</c>.</summary>
internal sealed class VariablesApi(VariableStore variables)
{
    public void Map(ApiRoutes api)
    {
        api.Post("/variables/", CreateAsync);
        api.Post("/variables/filter", FilterAsync);
        api.Post("/variables/count", CountAsync);
        api.Get("/variables/{id:uuid}", async call => ApiResult.Json(await ByIdAsync(call)));
        api.Patch("/variables/{id:uuid}", call => UpdateAsync(call, ByIdAsync));
        api.Delete("/variables/{id:uuid}", call => DeleteAsync(call, ByIdAsync));
        api.Get("/variables/name/{name}", async call => ApiResult.Json(await ByNameAsync(call)));
        api.Patch("/variables/name/{name}", call => UpdateAsync(call, ByNameAsync));
        api.Delete("/variables/name/{name}", call => DeleteAsync(call, ByNameAsync));
    }

    private async Task<ApiResult> CreateAsync(ApiCall call)
    {
        var body = await call.BodyAsync<VariableCreate>();
        return ApiResult.Json(await variables.CreateAsync(body, call.Now, call.Cancel), 201);
    }

    private async Task<ApiResult> FilterAsync(ApiCall call)
    {
        var body = await call.BodyAsync<VariableFilterRequest>();
        return ApiResult.Json(await variables.ListAsync(body.Variables, body.Sort, call.Limit(body.Limit), body.Offset, call.Cancel));
    }

    private async Task<ApiResult> CountAsync(ApiCall call)
    {
        var body = await call.BodyAsync<VariableCountRequest>();
        return ApiResult.Number(await variables.CountAsync(body.Variables, call.Cancel));
    }

    private async Task<ApiResult> UpdateAsync(ApiCall call, Func<ApiCall, Task<Variable>> find)
    {
        var body = await call.BodyAsync<VariableUpdate>();
        var isNull = body.Name is { HasValue: true, Value: null } ? "name" : body.Tags is { HasValue: true, Value: null } ? "tags" : null;
        if (isNull is not null) throw ApiException.Detail(409, $"A variable's {isNull} cannot be null: leave the key out to keep it as it is.");
        return await variables.UpdateAsync(await find(call), body, call.Now, call.Cancel) ? ApiResult.NoContent : throw Missing();
    }

    private async Task<ApiResult> DeleteAsync(ApiCall call, Func<ApiCall, Task<Variable>> find) =>
        await variables.DeleteAsync(await find(call), call.Now, call.Cancel) ? ApiResult.NoContent : throw Missing();

    private async Task<Variable> ByIdAsync(ApiCall call) => await variables.FindAsync(call.Id(), call.Cancel) ?? throw Missing();

    private async Task<Variable> ByNameAsync(ApiCall call) =>
        await variables.FindByNameAsync(call.Route("name"), call.Cancel) ?? throw Missing();

    private static ApiException Missing() => ApiException.Detail(404, "Variable not found.");
}
