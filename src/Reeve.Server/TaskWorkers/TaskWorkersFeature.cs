using Reeve.Contract.TaskRuns;
using Reeve.Server.Http;

namespace Reeve.Server.TaskWorkers;

/// <summary>Who runs background tasks, and <c>/task_workers</c>.</summary>
internal static class TaskWorkersFeature
{
    public static void Add(IServiceCollection services) => services.AddSingleton<TaskWorkerRegistry>();

    public static void Map(ApiRoutes api)
    {
        var registry = api.Services.GetRequiredService<TaskWorkerRegistry>();
        api.Post("/task_workers/filter", async call =>
        {
            var body = await call.BodyAsync<TaskWorkerFilterRequest>();
            return ApiResult.Json(registry.List(body.TaskWorkerFilter?.TaskKeys ?? []));
        });
    }
}
