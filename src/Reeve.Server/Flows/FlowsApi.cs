using Reeve.Contract.Flows;
using Reeve.Server.Filters;
using Reeve.Server.Http;

namespace Reeve.Server.Flows;

/// <summary><c>/flows</c>.</summary>
internal sealed class FlowsApi(FlowStore flows)
{
    public void Map(ApiRoutes api)
    {
        api.Post("/flows/", CreateAsync);
        api.Post("/flows/filter", FilterAsync);
        api.Post("/flows/paginate", PaginateAsync);
        api.Post("/flows/count", CountAsync);
        api.Post("/flows/bulk_delete", BulkDeleteAsync);
        api.Get("/flows/name/{name}", ReadByNameAsync);
        api.Get("/flows/{id:uuid}", ReadAsync);
        api.Patch("/flows/{id:uuid}", UpdateAsync);
        api.Delete("/flows/{id:uuid}", DeleteAsync);
    }

    private async Task<ApiResult> CreateAsync(ApiCall call)
    {
        var body = await call.BodyAsync<FlowCreate>();
        var (flow, created) = await flows.CreateAsync(body, call.Now, call.Cancel);
        return ApiResult.Json(flow, created ? 201 : 200);
    }

    private async Task<ApiResult> ReadAsync(ApiCall call) =>
        ApiResult.Json(await flows.FindAsync(call.Id(), call.Cancel) ?? throw ApiException.Detail(404, "Flow not found"));

    private async Task<ApiResult> ReadByNameAsync(ApiCall call) =>
        ApiResult.Json(await flows.FindByNameAsync(call.Route("name"), call.Cancel) ?? throw ApiException.Detail(404, "Flow not found"));

    private async Task<ApiResult> FilterAsync(ApiCall call)
    {
        var body = await call.BodyAsync<FlowFilterRequest>();
        return ApiResult.Json(await flows.ListAsync(Filters(body), body.Sort, call.Limit(body.Limit), body.Offset, call.Cancel));
    }

    private async Task<ApiResult> PaginateAsync(ApiCall call)
    {
        var body = await call.BodyAsync<FlowPaginateRequest>();
        var filters = new RelatedFilters
        {
            Flows = body.Flows, FlowRuns = body.FlowRuns, TaskRuns = body.TaskRuns,
            Deployments = body.Deployments, WorkPools = body.WorkPools,
        };
        var page = new Paging(body.Page, call.Limit(body.Limit));
        var count = await flows.CountAsync(filters, call.Cancel);
        return ApiResult.Json(new FlowPaginationResponse
        {
            Results = await flows.ListAsync(filters, body.Sort, page.Limit, page.Offset, call.Cancel),
            Count = count, Limit = page.Limit, Pages = page.Pages(count), Page = page.Page,
        });
    }

    private async Task<ApiResult> CountAsync(ApiCall call)
    {
        var body = await call.BodyAsync<FlowCountRequest>();
        var filters = new RelatedFilters
        {
            Flows = body.Flows, FlowRuns = body.FlowRuns, TaskRuns = body.TaskRuns,
            Deployments = body.Deployments, WorkPools = body.WorkPools,
        };
        return ApiResult.Number(await flows.CountAsync(filters, call.Cancel));
    }

    private async Task<ApiResult> UpdateAsync(ApiCall call)
    {
        var body = await call.BodyAsync<FlowUpdate>();
        return await flows.UpdateAsync(call.Id(), body, call.Now, call.Cancel)
            ? ApiResult.NoContent
            : throw ApiException.Detail(404, "Flow not found");
    }

    private async Task<ApiResult> DeleteAsync(ApiCall call) =>
        await flows.DeleteAsync(call.Id(), call.Now, call.Cancel)
            ? ApiResult.NoContent
            : throw ApiException.Detail(404, "Flow not found");

    private async Task<ApiResult> BulkDeleteAsync(ApiCall call)
    {
        var body = await call.BodyAsync<FlowBulkDeleteRequest>();
        var found = await flows.ListAsync(new RelatedFilters { Flows = body.Flows }, FlowSort.NameAsc, body.Limit, 0, call.Cancel);
        var answer = new FlowBulkDeleteResponse();
        foreach (var flow in found)
        {
            if (await flows.DeleteAsync(flow.Id, call.Now, call.Cancel)) answer.Deleted.Add(flow.Id);
        }
        return ApiResult.Json(answer);
    }

    private static RelatedFilters Filters(FlowFilterRequest body) => new()
    {
        Flows = body.Flows, FlowRuns = body.FlowRuns, TaskRuns = body.TaskRuns,
        Deployments = body.Deployments, WorkPools = body.WorkPools,
    };
}
