using Reeve.Contract.OpenApi;
using Reeve.Server.Http;
using Reeve.Settings.Views;

namespace Reeve.Server.Admin;

/// <summary>The OpenAPI document and a page to read it with, below the mount and, open to all, beside it.</summary>
internal sealed class DocsApi(ServerSettings settings)
{
    /// <summary>The version the copy below the mount has always said, whatever the server's own.</summary>
    private const string MountedVersion = "0.1.0";

    // Prefect has two readers of the document; one page of ours serves at both addresses.
    private static readonly string[] Pages = ["/docs", "/redoc"];

    /// <summary>Where a reader would come back to from a sign-in with OAuth, of which this API has none.</summary>
    private const string SignIn = "/docs/oauth2-redirect";

    public void Map(ApiRoutes api)
    {
        api.GetAndHead("/openapi.json", call => Document(OpenApiDocument.Write(MountedVersion, api.BasePath, settings.MetricsEnabled)), ApiAccess.AnyVersion);
        foreach (var page in Pages) api.GetAndHead(page, static call => Page(), ApiAccess.AnyVersion);
        api.GetAndHead(SignIn, static call => NoSignIn(), ApiAccess.AnyVersion);
        api.GetAndHeadBesideMount("/openapi.json", call => Document(OpenApiDocument.Write(withMetrics: settings.MetricsEnabled)));
        foreach (var page in Pages) api.GetAndHeadBesideMount(page, static call => Page());
        api.GetAndHeadBesideMount(SignIn, static call => NoSignIn());
    }

    private static Task<ApiResult> Document(byte[] json) => Task.FromResult(ApiResult.Json(json.AsSpan()));

    private static Task<ApiResult> Page() =>
        Task.FromResult(ApiResult.Text(System.Text.Encoding.UTF8.GetString(Bundled.Read("docs.html").Span), "text/html; charset=utf-8"));

    private static Task<ApiResult> NoSignIn() => Task.FromResult(ApiResult.Text(
        "<!doctype html><html lang=\"en\"><title>Reeve API</title><p>This API has no sign-in with OAuth; credentials are sent as Basic authentication. <a href=\"../docs\">Back to the document</a></p></html>",
        "text/html; charset=utf-8"));
}
