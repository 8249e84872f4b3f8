using Reeve.Server.Http;

namespace Reeve.Server.Artifacts;

/// <summary>What runs leave for people to look at, and the newest of each key.</summary>
internal static class ArtifactsFeature
{
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<ArtifactStore>();
        services.AddSingleton<ArtifactsApi>();
    }

    public static void Map(ApiRoutes api) => api.Services.GetRequiredService<ArtifactsApi>().Map(api);
}
