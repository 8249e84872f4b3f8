using Reeve.Server.Http;

namespace Reeve.Server.Admin;

/// <summary>Health, versions, and what an operator asks of the server itself.</summary>
internal static class AdminFeature
{
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<ResultStorageStore>();
        services.AddSingleton<CsrfTokenStore>();
        services.AddSingleton<RootApi>();
        services.AddSingleton<AdminApi>();
        services.AddSingleton<CollectionsApi>();
        services.AddSingleton<CsrfTokenApi>();
        services.AddSingleton<DocsApi>();
        services.AddSingleton<TemplatesApi>();
    }

    public static void Map(ApiRoutes api)
    {
        api.Services.GetRequiredService<RootApi>().Map(api);
        api.Services.GetRequiredService<AdminApi>().Map(api);
        api.Services.GetRequiredService<CollectionsApi>().Map(api);
        api.Services.GetRequiredService<CsrfTokenApi>().Map(api);
        api.Services.GetRequiredService<DocsApi>().Map(api);
        api.Services.GetRequiredService<TemplatesApi>().Map(api);
    }
}
