using Reeve.Contract.Blocks;
using Reeve.Server.Http;

namespace Reeve.Server.Blocks;

/// <summary><c>/block_schemas</c> and <c>/block_capabilities</c>.</summary>
internal sealed class BlockSchemasApi(BlockSchemaStore schemas)
{
    public void Map(ApiRoutes api)
    {
        api.Post("/block_schemas/", CreateAsync);
        api.Post("/block_schemas/filter", FilterAsync);
        api.Get("/block_schemas/{id:uuid}", ReadAsync);
        api.Delete("/block_schemas/{id:uuid}", DeleteAsync);
        api.Get("/block_schemas/checksum/{checksum}", ReadByChecksumAsync);
        api.Get("/block_capabilities/", async call => ApiResult.Json(await schemas.CapabilitiesAsync(call.Cancel)));
    }

    private async Task<ApiResult> CreateAsync(ApiCall call)
    {
        var body = await call.BodyAsync<BlockSchemaCreate>();
        var (schema, created) = await schemas.CreateAsync(body, call.Now, call.Cancel);
        return ApiResult.Json(schema, created ? 201 : 200);
    }

    private async Task<ApiResult> ReadAsync(ApiCall call) =>
        ApiResult.Json(await schemas.FindAsync(call.Id(), call.Cancel) ?? throw Missing());

    private async Task<ApiResult> ReadByChecksumAsync(ApiCall call) =>
        ApiResult.Json(await schemas.FindByChecksumAsync(call.Route("checksum"), call.Query("version"), call.Cancel) ?? throw Missing());

    private async Task<ApiResult> FilterAsync(ApiCall call)
    {
        var body = await call.BodyAsync<BlockSchemaFilterRequest>();
        return ApiResult.Json(await schemas.ListAsync(body.BlockSchemas, call.Limit(body.Limit), body.Offset, call.Cancel));
    }

    private async Task<ApiResult> DeleteAsync(ApiCall call) =>
        await schemas.DeleteAsync(call.Id(), call.Cancel) ? ApiResult.NoContent : throw Missing();

    private static ApiException Missing() => ApiException.Detail(404, "Block schema not found");
}
