using Reeve.Server.FlowRuns.Explain;
using Reeve.Server.Http;
using Reeve.Server.Services;

namespace Reeve.Server.FlowRuns;

/// <summary>Flow runs: created, moved through their states by the rules, read in many ways.</summary>
internal static class FlowRunsFeature
{
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<FlowRunContextStore>();
        services.AddSingleton<FlowRunTransitions>();
        services.AddSingleton<FlowRunCreation>();
        services.AddSingleton<FlowRunRemoval>();
        services.AddSingleton<FlowRunResume>();
        services.AddSingleton<FlowRunStore>();
        services.AddSingleton<FlowRunInputStore>();
        services.AddSingleton<FlowRunsApi>();
        services.AddSingleton<FlowRunStatesApi>();
        services.AddSingleton<FlowRunInputsApi>();
        services.AddSingleton<UiFlowRunsApi>();
        services.AddSingleton<FlowRunWatchStore>();
        services.AddSingleton<CancellingTimeouts>();
        services.AddSingleton<TaskRunCancellation>();
        services.AddSingleton<Service, LateRuns>();
        services.AddSingleton<Service, PauseExpirations>();
        services.AddSingleton<Service, CancellationCleanup>();
        services.AddSingleton<FlowRunGraphStore>();
        services.AddSingleton<FlowRunGraphApi>();
        services.AddSingleton<RunFactStore>();
        services.AddSingleton<FlowRunExplainApi>();
    }

    public static void Map(ApiRoutes api)
    {
        api.Services.GetRequiredService<FlowRunsApi>().Map(api);
        api.Services.GetRequiredService<FlowRunStatesApi>().Map(api);
        api.Services.GetRequiredService<FlowRunInputsApi>().Map(api);
        api.Services.GetRequiredService<UiFlowRunsApi>().Map(api);
        api.Services.GetRequiredService<FlowRunGraphApi>().Map(api);
        api.Services.GetRequiredService<FlowRunExplainApi>().Map(api);
    }
}
