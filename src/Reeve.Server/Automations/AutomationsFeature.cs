using Reeve.Server.Http;

namespace Reeve.Server.Automations;

/// <summary>What is to happen when events do, or do not, come.</summary>
internal static class AutomationsFeature
{
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<AutomationStore>();
        services.AddSingleton<RunDeploymentCheck>();
        services.AddSingleton<AutomationsApi>();
    }

    public static void Map(ApiRoutes api) => api.Services.GetRequiredService<AutomationsApi>().Map(api);
}
