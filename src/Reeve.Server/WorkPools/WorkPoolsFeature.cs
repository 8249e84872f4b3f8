using Reeve.Server.Http;
using Reeve.Server.Http.WebSockets;
using Reeve.Server.WorkPools.Channel;
using Reeve.Server.Services;
using Reeve.Server.WorkPools.Cleanup;
using Reeve.Server.WorkPools.Polling;
using Reeve.Server.WorkPools.Queues;
using Reeve.Server.WorkPools.Slots;
using Reeve.Server.WorkPools.Workers;

namespace Reeve.Server.WorkPools;

/// <summary>Work pools, their queues and the workers that poll them.</summary>
internal static class WorkPoolsFeature
{
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<PollRecorder>();
        services.AddSingleton<ScheduledRunStore>();
        services.AddSingleton<SlotStore>();
        services.AddSingleton<WorkPoolQueuesApi>();
        services.AddSingleton<WorkPoolStore>();
        services.AddSingleton<WorkPoolTemplates>();
        services.AddSingleton<WorkPoolsApi>();
        services.AddSingleton<WorkQueueCreation>();
        services.AddSingleton<WorkQueueStore>();
        services.AddSingleton<WorkQueuesApi>();
        services.AddSingleton<WorkerStore>();
        services.AddSingleton<WorkersApi>();
        services.AddSingleton<ChannelSetup>();
        services.AddSingleton<CleanupInFlight>();
        services.AddSingleton<WorkerChannelSocket>();
        services.AddSingleton<WorkerCleanupStore>();
        services.AddSingleton<Service, CleanupReconciler>();
        services.AddSingleton<ForemanStore>();
        services.AddSingleton<Service, Foreman>();
    }

    public static void Map(ApiRoutes api)
    {
        api.Services.GetRequiredService<WorkPoolsApi>().Map(api);
        api.Services.GetRequiredService<WorkPoolQueuesApi>().Map(api);
        api.Services.GetRequiredService<WorkersApi>().Map(api);
        api.Services.GetRequiredService<WorkQueuesApi>().Map(api);
        api.Socket(
            "/work_pools/{work_pool_name}/workers/connect", api.Services.GetRequiredService<WorkerChannelSocket>().RunAsync,
            refusal: "authentication_failed");
    }
}
