namespace Reeve.Server.Http;

/// <summary>A path is served in the one form the contract lists; the other form is sent there with 307.</summary>
internal static class TrailingSlash
{
    public static bool Redirects(HttpContext http, bool wanted)
    {
        var path = http.Request.Path.Value!;
        if (path.EndsWith('/') == wanted) return false;
        var right = wanted ? path + "/" : path.TrimEnd('/');
        http.Response.StatusCode = StatusCodes.Status307TemporaryRedirect;
        http.Response.Headers.Location = $"{http.Request.Scheme}://{http.Request.Host}{new PathString(right).ToUriComponent()}{http.Request.QueryString}";
        return true;
    }
}
