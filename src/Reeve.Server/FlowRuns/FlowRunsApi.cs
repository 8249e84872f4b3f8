using Reeve.Contract.FlowRuns;
using Reeve.Core;
using Reeve.Data;
using Reeve.Core.Orchestration;
using Reeve.Server.Deployments;
using Reeve.Server.Filters;
using Reeve.Server.Http;
using Reeve.Server.Logs;
using Reeve.Server.Orchestration;

namespace Reeve.Server.FlowRuns;

/// <summary><c>/flow_runs</c> and <c>/flow_run_states</c>: creating, reading and changing runs.</summary>
internal sealed class FlowRunsApi(
    FlowRunStore runs, FlowRunCreation creation, FlowRunRemoval removal, LogStore logs, JobVariableCheck jobVariables, Db db)
{
    public void Map(ApiRoutes api)
    {
        api.Post("/flow_runs/", CreateAsync);
        api.Post("/flow_runs/count", CountAsync);
        api.Post("/flow_runs/lateness", LatenessAsync);
        api.Post("/flow_runs/history", HistoryAsync);
        api.Post("/flow_runs/filter", FilterAsync);
        api.Post("/flow_runs/paginate", PaginateAsync);
        api.Post("/flow_runs/bulk_delete", BulkDeleteAsync);
        api.Get("/flow_runs/{id:uuid}", ReadAsync);
        api.Patch("/flow_runs/{id:uuid}", UpdateAsync);
        api.Delete("/flow_runs/{id:uuid}", DeleteAsync);
        api.Patch("/flow_runs/{id:uuid}/labels", LabelsAsync);
        api.Get("/flow_runs/{id:uuid}/logs/download", DownloadLogsAsync);
        api.Get("/flow_run_states/{id:uuid}", ReadStateAsync);
        api.Get("/flow_run_states/", ListStatesAsync);
    }

    private async Task<ApiResult> CreateAsync(ApiCall call)
    {
        var body = await call.BodyAsync<FlowRunCreate>();
        ParameterCheck.CheckSize(body.Parameters, call.Settings.Api.MaxParameterSize);
        var queue = body.WorkPoolName is { Length: > 0 } pool ? await QueueAsync(pool, body.WorkQueueName, call.Cancel) : null;
        var caller = TransitionCaller.Of(call) with { ClientVersion = null };
        var run = new NewFlowRun
        {
            FlowId = body.FlowId, Name = body.Name, DeploymentId = body.DeploymentId, WorkQueueId = queue, WorkQueueName = body.WorkQueueName,
            FlowVersion = body.FlowVersion, Parameters = body.Parameters, Context = body.Context, EmpiricalPolicy = body.EmpiricalPolicy,
            Tags = body.Tags, Labels = body.Labels, ParentTaskRunId = body.ParentTaskRunId, InfrastructureDocumentId = body.InfrastructureDocumentId,
            IdempotencyKey = body.IdempotencyKey, JobVariables = JobVariables(body), CreatedBy = CreatedByHeaders.Read(call.Http.Request),
            State = body.State is { } state ? FlowRunProposal.Of(state) : new FlowRunProposal(StateType.Pending),
        };
        var (stored, created) = await creation.CreateAsync(run, caller, call.Cancel);
        return ApiResult.Json(stored, created ? 201 : 200);
    }

    private async Task<ApiResult> ReadAsync(ApiCall call) => ApiResult.Json(await runs.FindAsync(call.Id(), call.Now, call.Cancel) ?? throw NotFound());

    private async Task<ApiResult> FilterAsync(ApiCall call)
    {
        var body = await call.BodyAsync<FlowRunFilterRequest>();
        var filters = new RelatedFilters
        {
            Flows = body.Flows, FlowRuns = body.FlowRuns, TaskRuns = body.TaskRuns,
            Deployments = body.Deployments, WorkPools = body.WorkPools, WorkQueues = body.WorkPoolQueues,
        };
        return ApiResult.Json(await runs.ListAsync(filters, body.Sort, call.Limit(body.Limit), body.Offset, call.Now, call.Cancel));
    }

    private async Task<ApiResult> PaginateAsync(ApiCall call)
    {
        var body = await call.BodyAsync<FlowRunPaginateRequest>();
        var filters = new RelatedFilters
        {
            Flows = body.Flows, FlowRuns = body.FlowRuns, TaskRuns = body.TaskRuns,
            Deployments = body.Deployments, WorkPools = body.WorkPools, WorkQueues = body.WorkPoolQueues,
        };
        var page = new Paging(body.Page, call.Limit(body.Limit));
        var (found, count) = await runs.PageAsync(filters, body.Sort, page, call.Now, call.Cancel);
        return ApiResult.Json(new FlowRunPaginationResponse { Results = found, Count = count, Limit = page.Limit, Pages = page.Pages(count), Page = page.Page });
    }

    private async Task<ApiResult> CountAsync(ApiCall call)
    {
        var body = await call.BodyAsync<FlowRunCountRequest>();
        return ApiResult.Number(await runs.CountAsync(
            new RelatedFilters
            {
                Flows = body.Flows, FlowRuns = body.FlowRuns, TaskRuns = body.TaskRuns,
                Deployments = body.Deployments, WorkPools = body.WorkPools, WorkQueues = body.WorkPoolQueues,
            },
            call.Cancel));
    }

    private async Task<ApiResult> LatenessAsync(ApiCall call)
    {
        var body = await call.BodyAsync<FlowRunLatenessRequest>();
        return ApiResult.Json(await runs.LatenessAsync(
            new RelatedFilters
            {
                Flows = body.Flows, FlowRuns = body.FlowRuns, TaskRuns = body.TaskRuns,
                Deployments = body.Deployments, WorkPools = body.WorkPools, WorkQueues = body.WorkPoolQueues,
            },
            call.Now, call.Cancel));
    }

    private async Task<ApiResult> HistoryAsync(ApiCall call)
    {
        var body = await call.BodyAsync<FlowRunHistoryRequest>();
        var filters = new RelatedFilters
        {
            Flows = body.Flows, FlowRuns = body.FlowRuns, TaskRuns = body.TaskRuns,
            Deployments = body.Deployments, WorkPools = body.WorkPools, WorkQueues = body.WorkQueues,
        };
        return ApiResult.Json(await runs.HistoryAsync(filters, body, call.Now, call.Cancel));
    }

    private async Task<ApiResult> UpdateAsync(ApiCall call)
    {
        var body = await call.BodyAsync<FlowRunUpdate>();
        if (body.Parameters.HasValue) ParameterCheck.CheckSize(body.Parameters.Value, call.Settings.Api.MaxParameterSize);
        var job = body.JobVariables is { HasValue: true, Value.IsNull: false } sent ? sent.Value : (RawJson?)null;
        if (job is { } wanted) await CheckJobVariablesAsync(call.Id(), wanted, call.Cancel);
        if (await runs.UpdateAsync(call.Id(), body, call.Now, call.Cancel)) return ApiResult.NoContent;
        // It is gone, or a worker has taken it meanwhile: then the check says so.
        if (job is { } refused) await CheckJobVariablesAsync(call.Id(), refused, call.Cancel);
        throw job is null ? NotFound() : ApiException.Unavailable();
    }

    private async Task CheckJobVariablesAsync(Guid id, RawJson variables, CancellationToken cancel)
    {
        var run = await runs.FindForJobVariablesAsync(id, cancel) ?? throw NotFound();
        var state = run.State ?? throw ApiException.Detail(400, "Flow run state is required to update job variables but none exists");
        if (state != StateType.Scheduled) throw ApiException.Detail(400, $"Job variables for a flow run in state {state.WireName()} cannot be updated");
        if (!run.HasDeployment) throw ApiException.Detail(400, "A deployment for the flow run could not be found");
        if (run.Template is null) return;
        var problem = await jobVariables.ProblemAsync(run.Template, ignoreRequired: false, ignoreInvalidDefaults: true, [run.Overrides, variables], cancel);
        if (problem is not null) throw ApiException.Detail(422, $"Error updating flow run: {problem}");
    }

    private async Task<ApiResult> DeleteAsync(ApiCall call) =>
        await removal.DeleteAsync(call.Id(), call.Cancel) ? ApiResult.NoContent : throw NotFound();

    private async Task<ApiResult> BulkDeleteAsync(ApiCall call)
    {
        var body = await call.BodyAsync<FlowRunBulkDeleteRequest>();
        var answer = new FlowRunBulkDeleteResponse();
        foreach (var id in await runs.ListIdsAsync(body.FlowRuns, body.Limit, call.Cancel))
        {
            if (await removal.DeleteAsync(id, call.Cancel)) answer.Deleted.Add(id);
        }
        return ApiResult.Json(answer);
    }

    private async Task<ApiResult> LabelsAsync(ApiCall call)
    {
        var labels = JsonText.Of(await call.BodyAsync<Dictionary<string, RawJson>>());
        return await runs.MergeLabelsAsync(call.Id(), labels, call.Now, call.Cancel)
            ? ApiResult.NoContent
            : throw ApiException.Missing($"Flow run with id {call.Id()} not found");
    }

    private async Task<ApiResult> DownloadLogsAsync(ApiCall call)
    {
        var name = await runs.FindNameAsync(call.Id(), call.Cancel) ?? throw NotFound();
        return FlowRunLogDownload.Of(logs, call.Id(), name);
    }

    private async Task<ApiResult> ReadStateAsync(ApiCall call) =>
        ApiResult.Json(await runs.FindStateAsync(call.Id(), call.Cancel) ?? throw ApiException.Detail(404, "Flow run state not found"));

    private async Task<ApiResult> ListStatesAsync(ApiCall call)
    {
        call.ValidateQuery();
        _ = Guid.TryParse(call.Query("flow_run_id"), out var id);
        return ApiResult.Json(await runs.ListStatesAsync(id, call.Cancel));
    }

    /// <summary>None are an empty object, but null for a run with an idempotency key, as Prefect stores it.</summary>
    private static RawJson JobVariables(FlowRunCreate body) =>
        body.IdempotencyKey is { Length: > 0 } ? body.JobVariables : body.JobVariables.OrEmptyObject();

    /// <summary>The queue of that name in the pool, or the pool's default queue.</summary>
    private async Task<Guid?> QueueAsync(string pool, string? queue, CancellationToken cancel)
    {
        if (queue is { Length: > 0 })
        {
            return await db.OneAsync(
                $"select q.id from work_queue q join work_pool p on p.id = q.work_pool_id where p.name = {pool} and q.name = {queue}",
                static row => (Guid?)row.GetGuid(0), cancel)
                ?? throw ApiException.Detail(404, $"Work pool queue '{pool}/{queue}' not found.");
        }
        var found = await db.OneAsync($"select default_queue_id from work_pool where name = {pool}", static row => new { Queue = row.GetGuidOrNull(0) }, cancel)
            ?? throw ApiException.Detail(404, $"Work pool \"{pool}\" not found.");
        return found.Queue;
    }

    private static ApiException NotFound() => ApiException.Detail(404, "Flow run not found");
}
