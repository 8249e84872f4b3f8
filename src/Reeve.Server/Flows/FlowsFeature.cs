using Reeve.Server.Http;

namespace Reeve.Server.Flows;

/// <summary>Flows: what deployments and runs belong to.</summary>
internal static class FlowsFeature
{
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<FlowStore>();
        services.AddSingleton<FlowsApi>();
        services.AddSingleton<FlowsUiApi>();
    }

    public static void Map(ApiRoutes api)
    {
        api.Services.GetRequiredService<FlowsApi>().Map(api);
        api.Services.GetRequiredService<FlowsUiApi>().Map(api);
    }
}
