using Reeve.Contract.Blocks;
using Reeve.Server.Http;

namespace Reeve.Server.Blocks;

/// <summary><c>/block_types</c>.</summary>
internal sealed class BlockTypesApi(BlockTypeStore types, BlockDocumentStore documents, BlockCatalogStore catalog)
{
    public void Map(ApiRoutes api)
    {
        api.Post("/block_types/", CreateAsync);
        api.Post("/block_types/filter", FilterAsync);
        api.Post("/block_types/install_system_block_types", InstallAsync);
        api.Get("/block_types/{id:uuid}", ReadAsync);
        api.Patch("/block_types/{id:uuid}", UpdateAsync);
        api.Delete("/block_types/{id:uuid}", DeleteAsync);
        api.Get("/block_types/slug/{slug}", ReadBySlugAsync);
        api.Get("/block_types/slug/{slug}/block_documents", DocumentsAsync);
        api.Get("/block_types/slug/{slug}/block_documents/name/{block_document_name}", DocumentAsync);
    }

    private async Task<ApiResult> CreateAsync(ApiCall call)
    {
        var body = await call.BodyAsync<BlockTypeCreate>();
        if (!BlockNames.IsSlug(body.Slug))
        {
            throw call.Refused("Block type slug must only contain lowercase letters, numbers, and dashes.", "body", "slug");
        }
        if (body.Name.StartsWith("prefect", StringComparison.OrdinalIgnoreCase))
        {
            throw ApiException.Detail(403, "Block type names beginning with 'Prefect' are reserved.");
        }
        return ApiResult.Json(await types.CreateAsync(body, call.Now, call.Cancel), 201);
    }

    private async Task<ApiResult> ReadAsync(ApiCall call) =>
        ApiResult.Json(await types.FindAsync(call.Id(), call.Cancel) ?? throw Missing());

    private async Task<ApiResult> ReadBySlugAsync(ApiCall call) =>
        ApiResult.Json(await types.FindBySlugAsync(call.Route("slug"), call.Cancel) ?? throw Missing());

    private async Task<ApiResult> FilterAsync(ApiCall call)
    {
        var body = await call.BodyAsync<BlockTypeFilterRequest>();
        return ApiResult.Json(await types.ListAsync(body.BlockTypes, body.BlockSchemas, call.Limit(body.Limit), body.Offset, call.Cancel));
    }

    private async Task<ApiResult> UpdateAsync(ApiCall call)
    {
        var body = await call.BodyAsync<BlockTypeUpdate>();
        return await types.UpdateAsync(call.Id(), body, call.Now, call.Cancel) ? ApiResult.NoContent : throw Missing();
    }

    private async Task<ApiResult> DeleteAsync(ApiCall call) =>
        await types.DeleteAsync(call.Id(), call.Now, call.Cancel) ? ApiResult.NoContent : throw Missing();

    private async Task<ApiResult> DocumentsAsync(ApiCall call)
    {
        call.ValidateQuery();
        var type = await types.FindBySlugAsync(call.Route("slug"), call.Cancel) ?? throw Missing();
        var query = new BlockDocumentQuery
        {
            Documents = new BlockDocumentFilter { BlockTypeId = new() { Any = [type.Id] } },
            IncludeSecrets = call.QueryFlag("include_secrets"),
        };
        return ApiResult.Json(await documents.ListAsync(query, call.Cancel));
    }

    private async Task<ApiResult> DocumentAsync(ApiCall call)
    {
        call.ValidateQuery();
        var document = await documents.FindByNameAsync(
            call.Route("slug"), call.Route("block_document_name"), call.QueryFlag("include_secrets"), call.Cancel);
        return ApiResult.Json(document ?? throw ApiException.Detail(404, "Block document not found"));
    }

    private async Task<ApiResult> InstallAsync(ApiCall call)
    {
        await catalog.InstallProtectedAsync(call.Now, call.Cancel);
        return ApiResult.Null;
    }

    private static ApiException Missing() => ApiException.Detail(404, "Block type not found");
}
