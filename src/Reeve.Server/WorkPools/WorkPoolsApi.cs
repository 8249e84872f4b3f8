using Reeve.Contract.WorkPools;
using Reeve.Server.Http;
using Reeve.Server.WorkPools.Polling;
using Reeve.Server.WorkPools.Slots;

namespace Reeve.Server.WorkPools;

/// <summary><c>/work_pools</c>.</summary>
internal sealed class WorkPoolsApi(
    WorkPoolStore pools, WorkPoolTemplates templates, ScheduledRunStore scheduled, PollRecorder polls, SlotStore slots)
{
    private const string Reserved = "Work pools starting with 'Prefect' are reserved for internal use";

    public void Map(ApiRoutes api)
    {
        api.Post("/work_pools/", CreateAsync);
        api.Post("/work_pools/filter", FilterAsync);
        api.Post("/work_pools/count", CountAsync);
        api.Get("/work_pools/{name}", ReadAsync);
        api.Patch("/work_pools/{name}", UpdateAsync);
        api.Delete("/work_pools/{name}", DeleteAsync);
        api.Post("/work_pools/{name}/concurrency_status", ConcurrencyStatusAsync);
        api.Post("/work_pools/{name}/get_scheduled_flow_runs", ScheduledRunsAsync);
    }

    private async Task<ApiResult> CreateAsync(ApiCall call)
    {
        var body = await call.BodyAsync<WorkPoolCreate>();
        if (body.Name.AsSpan().Trim(" '\"").IsEmpty) throw call.Invalid("name", "Value error, name cannot be an empty string");
        if (WorkPoolTemplates.Problem(body.BaseJobTemplate) is { } problem) throw call.Invalid("base_job_template", $"Value error, {problem}");
        if (IsReserved(body.Name)) throw ApiException.Detail(403, $"{Reserved}.");
        await templates.CheckDefaultsAsync(body.BaseJobTemplate, call.Cancel);
        var pool = await pools.CreateAsync(body, call.Now, call.Cancel);
        return WorkPoolAnswer.One(pool, call.ClientVersion, 201);
    }

    private async Task<ApiResult> ReadAsync(ApiCall call) =>
        WorkPoolAnswer.One((await pools.ReadAsync(call.Route("name"), call.Cancel)).Wire, call.ClientVersion);

    private async Task<ApiResult> FilterAsync(ApiCall call)
    {
        var body = await call.BodyAsync<WorkPoolFilterRequest>();
        return WorkPoolAnswer.Many(await pools.ListAsync(body.WorkPools, call.Limit(body.Limit), body.Offset, call.Cancel), call.ClientVersion);
    }

    private async Task<ApiResult> CountAsync(ApiCall call)
    {
        var body = await call.BodyAsync<WorkPoolCountRequest>();
        return ApiResult.Number(await pools.CountAsync(body.WorkPools, call.Cancel));
    }

    private async Task<ApiResult> UpdateAsync(ApiCall call)
    {
        var body = await call.BodyAsync<WorkPoolUpdate>();
        if (body.BaseJobTemplate.HasValue)
        {
            var template = body.BaseJobTemplate.Value;
            if (template.IsNull) throw call.Invalid("base_job_template", "Input should be a valid dictionary: send {} to clear the template.");
            if (WorkPoolTemplates.Problem(template) is { } problem) throw call.Invalid("base_job_template", $"Value error, {problem}");
        }
        var name = call.Route("name");
        if (IsReserved(name) && (body.Description.HasValue || body.BaseJobTemplate.HasValue || body.StorageConfiguration.HasValue))
        {
            throw ApiException.Detail(403, $"{Reserved} and can only be updated to set concurrency limits or pause.");
        }
        await pools.UpdateAsync(() => pools.ReadAsync(name, call.Cancel), body, call.Now, call.Cancel);
        return ApiResult.NoContent;
    }

    private async Task<ApiResult> DeleteAsync(ApiCall call)
    {
        var name = call.Route("name");
        if (IsReserved(name)) throw ApiException.Detail(403, $"{Reserved} and can not be deleted.");
        return await pools.DeleteAsync(await pools.ReadAsync(name, call.Cancel), call.Now, call.Cancel) ? ApiResult.NoContent : throw WorkPoolStore.Missing(name);
    }

    private async Task<ApiResult> ConcurrencyStatusAsync(ApiCall call)
    {
        var body = await call.BodyAsync<WorkPoolConcurrencyStatusRequest>();
        var page = new Paging(body.Page, call.Limit(body.Limit));
        return ApiResult.Json(
            await slots.OfPoolAsync(call.Route("name"), page, body.FlowRunLimit, call.Now, call.Cancel)
            ?? throw ApiException.Detail(404, $"Work pool '{call.Route("name")}' not found."));
    }

    private async Task<ApiResult> ScheduledRunsAsync(ApiCall call)
    {
        var body = await call.BodyAsync<WorkPoolScheduledFlowRunsRequest>();
        var poll = await scheduled.PollPoolAsync(call.Route("name"), body, call.Limit(body.Limit), call.Now, call.Cancel);
        await polls.RecordAsync(poll.Queues, poll.Deployments, call.Now, call.Cancel);
        return ApiResult.Json(poll.Runs);
    }

    private static bool IsReserved(string name) => name.StartsWith("prefect", StringComparison.OrdinalIgnoreCase);
}
