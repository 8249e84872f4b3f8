using Reeve.Server.Http;
using Reeve.Settings.Views;

namespace Reeve.Server.Ui;

/// <summary>
/// <c>/ui-settings</c> under the page's own path: where the page finds the API. It is outside the API, so a page can read it
/// before anybody has signed in.
/// </summary>
internal static class UiSettingsEndpoint
{
    public static void Map(ApiRoutes api)
    {
        var settings = api.Services.GetRequiredService<ServerSettings>();
        var bundles = api.Services.GetRequiredService<UiBundles>();
        api.Endpoints.MapMethods(bundles.V1Base.TrimEnd('/') + "/ui-settings", ["GET"], http => Answer(settings, bundles).WriteAsync(http));
    }

    private static ApiResult Answer(ServerSettings settings, UiBundles bundles) => ApiResult.Written(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("api_url", settings.Ui.ApiUrl);
        writer.WriteBoolean("csrf_enabled", settings.Ui.CsrfEnabled);
        writer.WriteString("auth", settings.Ui.Auth);
        writer.WriteStartArray("flags");
        writer.WriteEndArray();
        writer.WriteString("default_ui", bundles.Default);
        writer.WriteStartArray("available_uis");
        if (bundles.V1 is not null) writer.WriteStringValue("v1");
        if (bundles.V2 is not null) writer.WriteStringValue("v2");
        writer.WriteEndArray();
        writer.WriteString("v1_base_url", bundles.V1?.Base);
        writer.WriteString("v2_base_url", bundles.V2?.Base);
        writer.WriteEndObject();
    });
}
