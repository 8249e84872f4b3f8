using System.Globalization;
using Reeve.Contract.Deployments;
using Reeve.Contract.FlowRuns;
using Reeve.Contract.Flows;
using Reeve.Contract.TaskRuns;
using Reeve.Contract.Ui;
using Reeve.Data;
using Reeve.Server.Filters;
using Reeve.Server.FlowRuns;
using Reeve.Server.Http;

namespace Reeve.Server.TaskRuns;

/// <summary>What is read of <c>/task_runs</c>, <c>/task_run_states</c> and <c>/ui/task_runs</c>, and changes without rules.</summary>
internal sealed class TaskRunsApi(TaskRunStore runs, TaskRunDashboard dashboard, Db db)
{
    public void Map(ApiRoutes api)
    {
        api.Post("/task_runs/count", CountAsync);
        api.Post("/task_runs/history", HistoryAsync);
        api.Post("/task_runs/filter", FilterAsync);
        api.Post("/task_runs/paginate", PaginateAsync);
        api.Get("/task_runs/{id:uuid}", ReadAsync);
        api.Patch("/task_runs/{id:uuid}", UpdateAsync);
        api.Delete("/task_runs/{id:uuid}", DeleteAsync);
        api.Get("/task_run_states/{id:uuid}", ReadStateAsync);
        api.Get("/task_run_states/", ListStatesAsync);
        api.Post("/ui/task_runs/dashboard/counts", DashboardAsync);
        api.Post("/ui/task_runs/count", CountByStateAsync);
        api.Get("/ui/task_runs/{id:uuid}", ReadForUiAsync);
    }

    private async Task<ApiResult> ReadAsync(ApiCall call) =>
        ApiResult.Json(await runs.FindAsync(call.Id(), call.Now, call.Cancel) ?? throw ApiException.Detail(404, "Task not found"));

    private async Task<ApiResult> ReadForUiAsync(ApiCall call) =>
        ApiResult.Json(await runs.FindForUiAsync(call.Id(), call.Now, call.Cancel) ?? throw ApiException.Detail(404, "Task not found"));

    private async Task<ApiResult> FilterAsync(ApiCall call)
    {
        var body = await call.BodyAsync<TaskRunFilterRequest>();
        var filters = Filters(body.Flows, body.FlowRuns, body.TaskRuns, body.Deployments);
        return ApiResult.Json(await runs.ListAsync(filters, body.Sort, call.Limit(body.Limit), body.Offset, call.Now, call.Cancel));
    }

    private async Task<ApiResult> PaginateAsync(ApiCall call)
    {
        var body = await call.BodyAsync<TaskRunPaginateRequest>();
        var filters = Filters(body.Flows, body.FlowRuns, body.TaskRuns, body.Deployments);
        var page = new Paging(body.Page, call.Limit(body.Limit));
        var count = await runs.CountAsync(filters, call.Cancel);
        var found = await runs.ListAsync(filters, body.Sort, page.Limit, page.Offset, call.Now, call.Cancel);
        return ApiResult.Json(new TaskRunPaginationResponse
        {
            Results = found.ConvertAll(Response), Count = count, Limit = page.Limit, Pages = page.Pages(count), Page = page.Page,
        });
    }

    private async Task<ApiResult> CountAsync(ApiCall call)
    {
        var body = await call.BodyAsync<TaskRunCountRequest>();
        return ApiResult.Number(await runs.CountAsync(Filters(body.Flows, body.FlowRuns, body.TaskRuns, body.Deployments), call.Cancel));
    }

    private async Task<ApiResult> CountByStateAsync(ApiCall call)
    {
        var body = await call.BodyAsync<TaskRunCountByStateRequest>();
        return ApiResult.Json(await runs.CountByStateAsync(Filters(body.Flows, body.FlowRuns, body.TaskRuns, body.Deployments), call.Cancel));
    }

    private async Task<ApiResult> DashboardAsync(ApiCall call)
    {
        var body = await call.BodyAsync<DashboardTaskRunCountsRequest>();
        return ApiResult.Json(await dashboard.CountAsync(body, call.Now, call.Cancel));
    }

    private async Task<ApiResult> HistoryAsync(ApiCall call)
    {
        var body = await call.BodyAsync<TaskRunHistoryRequest>();
        var where = Filters(body.Flows, body.FlowRuns, body.TaskRuns, body.Deployments).ForTaskRuns("r", db.Dialect);
        return ApiResult.Json(await RunHistory.ReadAsync(
            db, new SqlText("task_run"), where, body.HistoryStart, body.HistoryEnd, body.HistoryIntervalSeconds, call.Now, call.Cancel));
    }

    private async Task<ApiResult> UpdateAsync(ApiCall call)
    {
        var body = await call.BodyAsync<TaskRunUpdate>();
        var id = call.Id();
        // Nothing sent changes nothing, but a missing run is still missing. An empty name asks for a made-up one.
        var found = body.Name.HasValue
            ? await runs.RenameAsync(id, body.Name.Value is { Length: > 0 } name ? name : FlowRunNames.Next(), call.Now, call.Cancel)
            : await runs.FindAsync(id, call.Now, call.Cancel) is not null;
        return found ? ApiResult.NoContent : throw ApiException.Detail(404, "Task run not found");
    }

    private async Task<ApiResult> DeleteAsync(ApiCall call) =>
        await runs.DeleteAsync(call.Id(), call.Cancel) ? ApiResult.NoContent : throw ApiException.Detail(404, "Task not found");

    private async Task<ApiResult> ReadStateAsync(ApiCall call) =>
        ApiResult.Json(await runs.FindStateAsync(call.Id(), call.Cancel) ?? throw ApiException.Detail(404, "Flow run state not found"));

    private async Task<ApiResult> ListStatesAsync(ApiCall call)
    {
        return ApiResult.Json(await runs.ListStatesAsync(Guid.Parse(call.Query("task_run_id")!, CultureInfo.InvariantCulture), call.Cancel));
    }

    private static RelatedFilters Filters(FlowFilter? flows, FlowRunFilter? flowRuns, TaskRunFilter? taskRuns, DeploymentFilter? deployments) =>
        new() { Flows = flows, FlowRuns = flowRuns, TaskRuns = taskRuns, Deployments = deployments };

    private static TaskRunResponse Response(TaskRun run) => new()
    {
        Id = run.Id, Created = run.Created, Updated = run.Updated, Name = run.Name, FlowRunId = run.FlowRunId, TaskKey = run.TaskKey,
        StateId = run.StateId, State = run.State, TaskVersion = run.TaskVersion, TaskInputs = run.TaskInputs,
        EmpiricalPolicy = run.EmpiricalPolicy, Tags = run.Tags, StartTime = run.StartTime, EndTime = run.EndTime,
        TotalRunTime = run.TotalRunTime, EstimatedRunTime = run.EstimatedRunTime, EstimatedStartTimeDelta = run.EstimatedStartTimeDelta,
    };
}
