using Reeve.Contract.TaskRuns;
using Reeve.Server.Http;

namespace Reeve.Server.TaskWorkers;

/// <summary><c>/task_workers</c>: the workers of all servers. Those that are connected here are told of as of this moment, the others as of their last renewal.</summary>
internal sealed class TaskWorkersApi(TaskWorkerRegistry here, TaskWorkerStore everywhere)
{
    public void Map(ApiRoutes api) => api.Post("/task_workers/filter", FilterAsync);

    private async Task<ApiResult> FilterAsync(ApiCall call)
    {
        var body = await call.BodyAsync<TaskWorkerFilterRequest>();
        var wanted = body.TaskWorkerFilter?.TaskKeys ?? [];
        // A worker is one, however many connections it has.
        var workers = here.List().Concat(await everywhere.ListAsync(call.Now, call.Cancel))
            .GroupBy(static worker => worker.Identifier, StringComparer.Ordinal)
            .Select(static worker => new TaskWorkerResponse
            {
                Identifier = worker.Key,
                TaskKeys = [.. worker.SelectMany(static one => one.TaskKeys).Distinct(StringComparer.Ordinal)],
                Timestamp = worker.Max(static one => one.Timestamp),
            });
        return ApiResult.Json(workers.Where(worker => wanted.Count == 0 || worker.TaskKeys.Intersect(wanted, StringComparer.Ordinal).Any()).ToList());
    }
}
