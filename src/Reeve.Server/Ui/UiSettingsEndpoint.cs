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
        var path = settings.Ui.ServeBase.TrimEnd('/') + "/ui-settings";
        api.Endpoints.MapMethods(path, ["GET"], http => Answer(settings).WriteAsync(http));
    }

    private static ApiResult Answer(ServerSettings settings) => ApiResult.Written(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("api_url", settings.Ui.ApiUrl);
        writer.WriteBoolean("csrf_enabled", settings.Ui.CsrfEnabled);
        writer.WriteString("auth", settings.Ui.Auth);
        writer.WriteStartArray("flags");
        writer.WriteEndArray();
        writer.WriteString("default_ui", "v2");
        writer.WriteStartArray("available_uis");
        if (settings.Ui.Enabled) writer.WriteStringValue("v2");
        writer.WriteEndArray();
        writer.WriteNull("v1_base_url");
        if (settings.Ui.Enabled) writer.WriteString("v2_base_url", settings.Ui.ServeBase);
        else writer.WriteNull("v2_base_url");
        writer.WriteEndObject();
    });
}
