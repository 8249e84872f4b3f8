using Reeve.Contract.OpenApi;
using Reeve.Server.Http;

namespace Reeve.Server.Admin;

/// <summary>The OpenAPI document and a page to read it with, below the mount and, open to all, beside it.</summary>
internal sealed class DocsApi
{
    /// <summary>The version the copy below the mount has always said, whatever the server's own.</summary>
    private const string MountedVersion = "0.1.0";

    public void Map(ApiRoutes api)
    {
        api.GetAndHead("/openapi.json", call => Document(OpenApiDocument.Write(MountedVersion, api.BasePath)), ApiAccess.AnyVersion);
        api.GetAndHead("/docs", static call => Page(), ApiAccess.AnyVersion);
        api.GetAndHeadBesideMount("/openapi.json", static call => Document(OpenApiDocument.Write()));
        api.GetAndHeadBesideMount("/docs", static call => Page());
    }

    private static Task<ApiResult> Document(byte[] json) => Task.FromResult(ApiResult.Json(json.AsSpan()));

    private static Task<ApiResult> Page() =>
        Task.FromResult(ApiResult.Text(System.Text.Encoding.UTF8.GetString(Bundled.Read("docs.html").Span), "text/html; charset=utf-8"));
}
