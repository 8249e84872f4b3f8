using Reeve.Contract.Blocks;
using Reeve.Server.Http;

namespace Reeve.Server.Blocks;

/// <summary><c>/block_documents</c>.</summary>
internal sealed class BlockDocumentsApi(BlockDocumentStore documents)
{
    public void Map(ApiRoutes api)
    {
        api.Post("/block_documents/", CreateAsync);
        api.Post("/block_documents/filter", FilterAsync);
        api.Post("/block_documents/count", CountAsync);
        api.Get("/block_documents/{id:uuid}", ReadAsync);
        api.Patch("/block_documents/{id:uuid}", UpdateAsync);
        api.Delete("/block_documents/{id:uuid}", DeleteAsync);
    }

    private async Task<ApiResult> CreateAsync(ApiCall call)
    {
        var body = await call.BodyAsync<BlockDocumentCreate>();
        if (string.IsNullOrEmpty(body.Name) && !body.IsAnonymous) throw call.Refused("Names must be provided for block documents.", "body");
        if (body.Name is not null && !BlockNames.IsSlug(body.Name))
        {
            throw call.Refused("Block document name must only contain lowercase letters, numbers, and dashes.", "body", "name");
        }
        return ApiResult.Json(await documents.CreateAsync(body, call.Now, call.Cancel), 201);
    }

    private async Task<ApiResult> ReadAsync(ApiCall call)
    {
        call.ValidateQuery();
        return ApiResult.Json(await documents.FindAsync(call.Id(), call.QueryFlag("include_secrets"), call.Cancel) ?? throw Missing());
    }

    private async Task<ApiResult> FilterAsync(ApiCall call)
    {
        var body = await call.BodyAsync<BlockDocumentFilterRequest>();
        var query = new BlockDocumentQuery
        {
            Documents = body.BlockDocuments, Types = body.BlockTypes, Schemas = body.BlockSchemas, IncludeSecrets = body.IncludeSecrets,
            Sort = body.Sort ?? BlockDocumentSort.NameAsc, Limit = call.Limit(body.Limit), Offset = body.Offset,
        };
        return ApiResult.Json(await documents.ListAsync(query, call.Cancel));
    }

    private async Task<ApiResult> CountAsync(ApiCall call)
    {
        var body = await call.BodyAsync<BlockDocumentCountRequest>();
        var query = new BlockDocumentQuery { Documents = body.BlockDocuments, Types = body.BlockTypes, Schemas = body.BlockSchemas };
        return ApiResult.Number(await documents.CountAsync(query, call.Cancel));
    }

    private async Task<ApiResult> UpdateAsync(ApiCall call)
    {
        var body = await call.BodyAsync<BlockDocumentUpdate>();
        return await documents.UpdateAsync(call.Id(), body, call.Now, call.Cancel) ? ApiResult.NoContent : throw Missing();
    }

    private async Task<ApiResult> DeleteAsync(ApiCall call) =>
        await documents.DeleteAsync(call.Id(), call.Now, call.Cancel) ? ApiResult.NoContent : throw Missing();

    private static ApiException Missing() => ApiException.Detail(404, "Block document not found");
}
