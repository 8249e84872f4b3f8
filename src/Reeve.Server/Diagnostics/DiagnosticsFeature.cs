using Reeve.Server.Http;

namespace Reeve.Server.Diagnostics;

/// <summary>What tells how the server is doing.</summary>
internal static class DiagnosticsFeature
{
    public static void Add(IServiceCollection services) => services.AddSingleton<MetricsApi>();

    public static void Map(ApiRoutes api) => api.Services.GetRequiredService<MetricsApi>().Map(api);
}
