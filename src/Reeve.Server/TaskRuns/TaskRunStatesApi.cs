using Reeve.Contract.States;
using Reeve.Contract.TaskRuns;
using Reeve.Server.Http;
using Reeve.Server.Orchestration;

namespace Reeve.Server.TaskRuns;

/// <summary>The routes of <c>/task_runs</c> that create runs and move them from state to state.</summary>
internal sealed class TaskRunStatesApi(TaskRunCreation creation, TaskRunTransitions transitions)
{
    public void Map(ApiRoutes api)
    {
        api.Post("/task_runs/", CreateAsync);
        api.Post("/task_runs/{id:uuid}/set_state", SetStateAsync);
    }

    private async Task<ApiResult> CreateAsync(ApiCall call)
    {
        var body = await call.BodyAsync<TaskRunCreate>();
        var longest = call.Settings.Tasks.MaxCacheKeyLength;
        if (body.CacheKey?.Length > longest) throw call.Refused($"Cache key exceeded maximum allowed length of {longest} characters.", "body", "cache_key");
        var (run, created) = await creation.CreateAsync(body, call.Cancel);
        return ApiResult.Json(run, created ? 201 : 200);
    }

    private async Task<ApiResult> SetStateAsync(ApiCall call)
    {
        var body = await call.BodyAsync<SetStateRequest>();
        var decision = await transitions.ProposeAsync(call.Id(), body.State, body.Force, call.Cancel)
            ?? throw ApiException.Missing($"Task run with id {call.Id()} not found");
        return ApiResult.Json(decision.ToResult(), decision.Status());
    }
}
