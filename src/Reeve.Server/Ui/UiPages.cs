using System.Net;
using Reeve.Server.Http;
using Reeve.Settings.Views;

namespace Reeve.Server.Ui;

/// <summary>
/// What is asked for outside the API and no route takes: the built pages, the way from the neutral address to the page of one's
/// choice, and a word for whoever looks at a server without a page.
/// </summary>
internal sealed class UiPages(UiBundles bundles, ServerSettings settings)
{
    /// <summary>The page somebody chose, as the pages themselves keep it.</summary>
    private const string Cookie = "prefect_ui_version";

    public async Task RunAsync(HttpContext http, RequestDelegate next)
    {
        var method = http.Request.Method;
        var path = http.Request.Path.Value ?? "/";
        if (http.GetEndpoint() is not null || !(HttpMethods.IsGet(method) || HttpMethods.IsHead(method)) || UiBundle.Relative(path, settings.Api.BasePath) is not null)
        {
            await next(http);
        }
        else if (Elsewhere(http.Request, path) is { } address)
        {
            http.Response.StatusCode = 307;
            http.Response.Headers.Location = address + http.Request.QueryString;
            http.Response.ContentLength = 0;
        }
        else if ((bundles.V2?.Relative(path) is not null ? bundles.V2 : bundles.V1) is { } bundle && bundle.Relative(path) is { } relative)
        {
            await UiFiles.WriteAsync(http, bundle, relative);
        }
        else if (settings.Ui.Enabled && bundles is { V1: null, V2: null } && path == bundles.V1Base && IsNavigation(http.Request))
        {
            await Welcome(settings.Api.BasePath).WriteAsync(http);
        }
        else
        {
            await next(http);
        }
    }

    /// <summary>Where a browser is sent that looks at the neutral address, or for a page that is not there; null when it is right.</summary>
    private string? Elsewhere(HttpRequest request, string path)
    {
        if (!IsNavigation(request)) return null;
        var newer = UiBundle.Relative(path, bundles.V2Base);
        if (newer is not null && bundles.V2 is not null) return null;
        var relative = newer ?? UiBundle.Relative(path, bundles.V1Base);
        if (newer is null && relative != "/") return null;
        var preferred = bundles.Of(request.Cookies[Cookie]) ?? bundles.Of(bundles.Default);
        return preferred is null || preferred.Version == (newer is null ? "v1" : "v2") ? null : preferred.Absolute(relative!);
    }

    /// <summary>Whether a browser asks for a page to show, and not for a part of one.</summary>
    private static bool IsNavigation(HttpRequest request) =>
        request.Headers["Sec-Fetch-Mode"] == "navigate" || request.Headers["Sec-Fetch-Dest"].ToString() is "document" or "iframe"
        || request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);

    private static ApiResult Welcome(string api) => ApiResult.Text(
        $"""
        <!doctype html><html lang="en"><meta charset="utf-8"><title>Reeve</title>
        <p>Reeve is running and serves the API below <code>{WebUtility.HtmlEncode(api)}</code>; <a href="/docs">/docs</a> describes it.</p>
        <p>There is no web page here: set <code>PREFECT_UI_STATIC_DIRECTORY</code> to a directory with a built one, in folders <code>v1</code> or <code>v2</code>.</p></html>
        """,
        "text/html; charset=utf-8");
}
