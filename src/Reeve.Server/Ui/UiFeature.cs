using Reeve.Server.Http;

namespace Reeve.Server.Ui;

/// <summary>What web pages ask beyond the public API.</summary>
internal static class UiFeature
{
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<SchemasApi>();
        services.AddSingleton<UiBundles>();
        services.AddSingleton<UiPages>();
    }

    /// <summary>Takes what no route takes; comes after routing.</summary>
    public static void Use(WebApplication app) => app.Use(app.Services.GetRequiredService<UiPages>().RunAsync);

    public static void Map(ApiRoutes api)
    {
        api.Services.GetRequiredService<SchemasApi>().Map(api);
        UiSettingsEndpoint.Map(api);
    }
}
