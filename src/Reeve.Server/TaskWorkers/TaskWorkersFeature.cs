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
        services.AddSingleton<TaskWorkerStore>();
        services.AddSingleton<TaskWorkersApi>();
    }

    public static void Map(ApiRoutes api)
    {
        api.Socket("/task_runs/subscriptions/scheduled", api.Services.GetRequiredService<TaskSubscriptionSocket>().RunAsync);
        api.Services.GetRequiredService<TaskWorkersApi>().Map(api);
    }
}
