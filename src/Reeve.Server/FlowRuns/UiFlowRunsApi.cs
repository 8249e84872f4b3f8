using Reeve.Contract.Ui;
using Reeve.Server.Filters;
using Reeve.Server.Http;

namespace Reeve.Server.FlowRuns;

/// <summary><c>/ui/flow_runs</c>.</summary>
internal sealed class UiFlowRunsApi(FlowRunStore runs)
{
    public void Map(ApiRoutes api)
    {
        api.Post("/ui/flow_runs/history", HistoryAsync);
        api.Post("/ui/flow_runs/count-task-runs", CountTaskRunsAsync);
    }

    private async Task<ApiResult> HistoryAsync(ApiCall call)
    {
        var body = await call.BodyAsync<UIFlowRunHistoryRequest>();
        var filters = new RelatedFilters
        {
            Flows = body.Flows, FlowRuns = body.FlowRuns, TaskRuns = body.TaskRuns, Deployments = body.Deployments, WorkPools = body.WorkPools,
        };
        return ApiResult.Json(await runs.DotsAsync(filters, body.Sort, Math.Clamp(body.Limit, 0, 1000), body.Offset, call.Now, call.Cancel));
    }

    private async Task<ApiResult> CountTaskRunsAsync(ApiCall call)
    {
        var body = await call.BodyAsync<TaskRunCountByFlowRunRequest>();
        return ApiResult.Json(await runs.CountTasksAsync(body.FlowRunIds, call.Cancel));
    }
}
