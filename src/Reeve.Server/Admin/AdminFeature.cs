using Reeve.Server.Http;

namespace Reeve.Server.Admin;

/// <summary>Health, versions, and what an operator asks of the server itself.</summary>
internal static class AdminFeature
{
    public static void Add(IServiceCollection services) => services.AddSingleton<RootApi>();

    public static void Map(ApiRoutes api) => api.Services.GetRequiredService<RootApi>().Map(api);
}
