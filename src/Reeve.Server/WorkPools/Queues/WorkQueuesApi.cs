using Reeve.Contract.WorkPools;
using Reeve.Data;
using Reeve.Server.Http;
using Reeve.Server.WorkPools.Polling;
using Reeve.Server.WorkPools.Slots;

namespace Reeve.Server.WorkPools.Queues;

/// <summary><c>/work_queues</c>: queues by id or by name alone, as the UI, automations and old agents use them.</summary>
internal sealed class WorkQueuesApi(
    WorkQueueStore queues, WorkQueueCreation creation, ScheduledRunStore scheduled, PollRecorder polls, SlotStore slots)
{
    private const int MaximumLateRuns = 0;
    private const int MaximumSecondsSincePolled = 60;

    public void Map(ApiRoutes api)
    {
        api.Post("/work_queues/", CreateAsync);
        api.Post("/work_queues/filter", FilterAsync);
        api.Get("/work_queues/name/{name}", ReadByNameAsync);
        api.Get("/work_queues/{id:uuid}", ReadAsync);
        api.Patch("/work_queues/{id:uuid}", UpdateAsync);
        api.Delete("/work_queues/{id:uuid}", DeleteAsync);
        api.Post("/work_queues/{id:uuid}/get_runs", RunsAsync);
        api.Post("/work_queues/{id:uuid}/concurrency_status", ConcurrencyStatusAsync);
        api.Get("/work_queues/{id:uuid}/status", StatusAsync);
    }

    private async Task<ApiResult> CreateAsync(ApiCall call)
    {
        var body = await call.BodyAsync<WorkQueueCreate>();
        try
        {
            return ApiResult.Json(await creation.CreateForAgentsAsync(body, call.Now, call.Cancel), 201);
        }
        catch (DatabaseException error) when (error.Kind == DatabaseErrorKind.UniqueViolation)
        {
            throw ApiException.Detail(409, "A work queue with this name already exists.");
        }
    }

    private async Task<ApiResult> FilterAsync(ApiCall call)
    {
        var body = await call.BodyAsync<WorkQueueFilterRequest>();
        return ApiResult.Json(await queues.ListAsync(body.WorkQueues, call.Limit(body.Limit), body.Offset, call.Cancel));
    }

    private async Task<ApiResult> ReadAsync(ApiCall call) =>
        ApiResult.Json((await queues.FindAsync(call.Id(), call.Cancel) ?? throw Missing()).Wire);

    private async Task<ApiResult> ReadByNameAsync(ApiCall call) =>
        ApiResult.Json((await queues.FindByNameAsync(call.Route("name"), call.Cancel) ?? throw Missing()).Wire);

    private async Task<ApiResult> UpdateAsync(ApiCall call)
    {
        var body = await call.BodyAsync<WorkQueueUpdate>();
        await queues.UpdateAsync(
            async () => await queues.FindAsync(call.Id(), call.Cancel) ?? throw ApiException.Detail(404, $"Work Queue {call.Id()} not found"),
            body, shift: false, call.Now, call.Cancel);
        return ApiResult.NoContent;
    }

    private async Task<ApiResult> DeleteAsync(ApiCall call)
    {
        var queue = await queues.FindAsync(call.Id(), call.Cancel) ?? throw Missing();
        return await queues.DeleteAsync(queue, call.Now, call.Cancel) ? ApiResult.NoContent : throw Missing();
    }

    private async Task<ApiResult> RunsAsync(ApiCall call)
    {
        var body = await call.BodyAsync<WorkQueueRunsRequest>();
        var limit = call.Limit(body.Limit);
        var queue = await queues.FindAsync(call.Id(), call.Cancel) ?? throw ApiException.Missing($"Work queue with id {call.Id()} not found.");
        var (runs, deployments) = await scheduled.OfQueueAsync(queue, body.ScheduledBefore, limit, call.Now, call.Cancel);

        // The UI asks what waits here; it does not take anything, so it is no sign of life.
        if (!RequestText.IsTrue(call.Http.Request.Headers["x-prefect-ui"].ToString()))
        {
            await polls.RecordAsync([queue], deployments, call.Now, call.Cancel);
        }
        return ApiResult.Json(runs);
    }

    private async Task<ApiResult> ConcurrencyStatusAsync(ApiCall call)
    {
        var body = await call.BodyAsync<WorkQueueConcurrencyStatusRequest>();
        var page = new Paging(body.Page, call.Limit(body.Limit));
        return ApiResult.Json(
            await slots.OfQueueAsync(call.Id(), page, call.Now, call.Cancel) ?? throw ApiException.Detail(404, "Work queue not found."));
    }

    private async Task<ApiResult> StatusAsync(ApiCall call)
    {
        var (polled, late) = await queues.HealthAsync(call.Id(), call.Cancel) ?? throw ApiException.Missing($"Work queue with id {call.Id()} not found");
        var alive = polled is { } last && call.Now - last <= TimeSpan.FromSeconds(MaximumSecondsSincePolled);
        return ApiResult.Json(new WorkQueueStatusDetail
        {
            Healthy = alive && late <= MaximumLateRuns,
            LateRunsCount = late,
            LastPolled = polled,
            HealthCheckPolicy = new WorkQueueHealthPolicy
            {
                MaximumLateRuns = MaximumLateRuns, MaximumSecondsSinceLastPolled = MaximumSecondsSincePolled,
            },
        });
    }

    private static ApiException Missing() => ApiException.Detail(404, "work queue not found");
}
