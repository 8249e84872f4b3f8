using Reeve.Settings.Views;

namespace Reeve.Server.Ui;

/// <summary>
/// The pages that <c>PREFECT_UI_STATIC_DIRECTORY</c> holds: in its folders <c>v1</c> and <c>v2</c>, or the directory is itself a
/// page. They are looked for once, when the server starts.
/// </summary>
internal sealed class UiBundles
{
    private readonly string _preferred;

    public UiBundles(ServerSettings settings)
    {
        var ui = settings.Ui;
        _preferred = ui.PrefersV2 ? "v2" : "v1";
        // A path that ends in /v2 is that of the newer page already; the older one is beside it.
        var given = ui.ServeBase;
        V1Base = !given.EndsWith("/v2", StringComparison.Ordinal) ? given : given.Length == 3 ? "/" : given[..^3];
        V2Base = V1Base == "/" ? "/v2" : V1Base + "/v2";
        if (!ui.Enabled || ui.StaticDirectory is not { } folder) return;
        V1 = Find("v1", File.Exists(Path.Combine(folder, "index.html")) ? folder : Path.Combine(folder, "v1"), V1Base);
        V2 = Find("v2", Path.Combine(folder, "v2"), V2Base);
    }

    /// <summary>Where the older page is, or would be; <c>ui-settings</c> is below it.</summary>
    public string V1Base { get; }

    public string V2Base { get; }

    public UiBundle? V1 { get; }

    public UiBundle? V2 { get; }

    /// <summary>The page for whoever has not chosen: the one the settings name, else the one there is.</summary>
    public string Default => (_preferred == "v2" ? V2 ?? V1 : V1 ?? V2)?.Version ?? _preferred;

    public UiBundle? Of(string? version) => version switch { "v1" => V1, "v2" => V2, _ => null };

    private static UiBundle? Find(string version, string folder, string path) =>
        File.Exists(Path.Combine(folder, "index.html")) ? new UiBundle(version, Path.GetFullPath(folder), path) : null;
}
