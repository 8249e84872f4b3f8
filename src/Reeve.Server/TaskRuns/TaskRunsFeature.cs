using Reeve.Server.Filters;
using Reeve.Server.Http;

namespace Reeve.Server.TaskRuns;

/// <summary>Task runs: the steps of flow runs, and tasks run on their own.</summary>
internal static class TaskRunsFeature
{
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<SlowCounts>();
        services.AddSingleton<TaskRunStore>();
        services.AddSingleton<TaskRunDashboard>();
        services.AddSingleton<TaskRunContextStore>();
        services.AddSingleton<TaskRunTransitions>();
        services.AddSingleton<TaskRunCreation>();
        services.AddSingleton<TaskRunsApi>();
        services.AddSingleton<TaskRunStatesApi>();
    }

    public static void Map(ApiRoutes api)
    {
        api.Services.GetRequiredService<TaskRunsApi>().Map(api);
        api.Services.GetRequiredService<TaskRunStatesApi>().Map(api);
    }
}
