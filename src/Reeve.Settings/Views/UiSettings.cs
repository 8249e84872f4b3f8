namespace Reeve.Settings.Views;

/// <summary>The web page, and what <c>/ui-settings</c> tells it.</summary>
public sealed class UiSettings(ResolvedSettings settings)
{
    public bool Enabled { get; } = settings.Bool("server.ui.enabled");

    /// <summary>Address of the API as the browser sees it.</summary>
    public string ApiUrl { get; } = settings.Text("server.ui.api_url");

    /// <summary>Path of the page: starts with a slash, and ends with one only when it is the root.</summary>
    public string ServeBase { get; } = "/" + settings.Text("server.ui.serve_base").Trim('/');

    /// <summary>A directory with built pages, in folders <c>v1</c> and <c>v2</c> or one itself; null for none.</summary>
    public string? StaticDirectory { get; } = settings.OptionalText("server.ui.static_directory");

    /// <summary>Of two pages the newer one is shown to whoever has not chosen.</summary>
    public bool PrefersV2 { get; } = settings.Bool("server.ui.v2_enabled");

    /// <summary>Where people reach the page, for links in messages; null when that is not known.</summary>
    public string? PublicUrl { get; } = settings.OptionalText("ui_url");

    public bool ShowPromotionalContent { get; } = settings.Bool("server.ui.show_promotional_content");

    public bool CsrfEnabled { get; } = settings.Bool("server.api.csrf_protection_enabled");

    /// <summary><c>BASIC</c> when an auth string is set, else null.</summary>
    public string? Auth { get; } = settings.OptionalText("server.api.auth_string") is null ? null : "BASIC";
}
