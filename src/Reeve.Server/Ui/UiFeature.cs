using Reeve.Server.Http;

namespace Reeve.Server.Ui;

/// <summary>What web pages ask beyond the public API.</summary>
internal static class UiFeature
{
    public static void Add(IServiceCollection services) => services.AddSingleton<SchemasApi>();

    public static void Map(ApiRoutes api)
    {
        api.Services.GetRequiredService<SchemasApi>().Map(api);
        UiSettingsEndpoint.Map(api);
    }
}
