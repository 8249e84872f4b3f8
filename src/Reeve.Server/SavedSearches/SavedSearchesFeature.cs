using Reeve.Server.Http;

namespace Reeve.Server.SavedSearches;

/// <summary>Filters that a person keeps under a name.</summary>
internal static class SavedSearchesFeature
{
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<SavedSearchStore>();
        services.AddSingleton<SavedSearchesApi>();
    }

    public static void Map(ApiRoutes api) => api.Services.GetRequiredService<SavedSearchesApi>().Map(api);
}
