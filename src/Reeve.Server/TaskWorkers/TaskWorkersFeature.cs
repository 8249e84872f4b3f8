using Reeve.Contract.TaskRuns;
using Reeve.Server.Http;
using Reeve.Server.Http.WebSockets;

namespace Reeve.Server.TaskWorkers;

/// <summary>Who runs background tasks, and <c>/task_workers</c>.</summary>
internal static class TaskWorkersFeature
{
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<TaskDeliveryStore>();
        services.AddSingleton<TaskSubscriptionSocket>();
        services.AddSingleton<TaskWorkerRegistry>();
    }

    public static void Map(ApiRoutes api)
    {
        var registry = api.Services.GetRequiredService<TaskWorkerRegistry>();
        api.Socket("/task_runs/subscriptions/scheduled", api.Services.GetRequiredService<TaskSubscriptionSocket>().RunAsync);
        api.Post("/task_workers/filter", async call =>
        {
            var body = await call.BodyAsync<TaskWorkerFilterRequest>();
            return ApiResult.Json(registry.List(body.TaskWorkerFilter?.TaskKeys ?? []));
        });
    }
}
