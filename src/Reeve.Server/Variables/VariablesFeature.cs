using Reeve.Server.Http;

namespace Reeve.Server.Variables;

/// <summary>Named values that flows and templates read.</summary>
internal static class VariablesFeature
{
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<VariableStore>();
        services.AddSingleton<VariablesApi>();
    }

    public static void Map(ApiRoutes api) => api.Services.GetRequiredService<VariablesApi>().Map(api);
}
