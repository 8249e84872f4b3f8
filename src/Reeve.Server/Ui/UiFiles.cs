using System.Text;
using Microsoft.Net.Http.Headers;

namespace Reeve.Server.Ui;

/// <summary>
/// Serves the files of a page. A path that names no file is one of the page's own and gets <c>index.html</c>; where a build left
/// the place of its path open, the path is put in.
/// </summary>
internal static class UiFiles
{
    /// <summary>What builds of Prefect's page have in place of the path they are served under.</summary>
    private const string Placeholder = "/PREFECT_UI_SERVE_BASE_REPLACE_PLACEHOLDER";

    private static readonly Dictionary<string, (string Type, bool Text)> Types = new(StringComparer.OrdinalIgnoreCase)
    {
        [".html"] = ("text/html; charset=utf-8", true), [".js"] = ("text/javascript; charset=utf-8", true), [".css"] = ("text/css; charset=utf-8", true),
        [".json"] = ("application/json", true), [".txt"] = ("text/plain; charset=utf-8", true), [".map"] = ("application/json", false),
        [".svg"] = ("image/svg+xml", false), [".png"] = ("image/png", false), [".jpg"] = ("image/jpeg", false), [".gif"] = ("image/gif", false),
        [".webp"] = ("image/webp", false), [".ico"] = ("image/x-icon", false), [".woff"] = ("font/woff", false), [".woff2"] = ("font/woff2", false),
        [".ttf"] = ("font/ttf", false), [".wasm"] = ("application/wasm", false), [".webmanifest"] = ("application/manifest+json", false),
    };

    /// <summary>Answers GET or HEAD of a path below the page's own.</summary>
    public static async Task WriteAsync(HttpContext http, UiBundle bundle, string relative)
    {
        var file = Find(bundle, relative) ?? new FileInfo(Path.Combine(bundle.Folder, "index.html"));
        var (type, text) = Types.GetValueOrDefault(file.Extension, ("application/octet-stream", false));
        var tag = $"\"{file.LastWriteTimeUtc.Ticks:x}-{file.Length:x}\"";
        var headers = http.Response.GetTypedHeaders();
        headers.ETag = new EntityTagHeaderValue(tag);
        // A new build has new names for what it is made of; the names themselves are asked for every time.
        headers.CacheControl = new CacheControlHeaderValue { NoCache = true };
        http.Response.ContentType = type;
        if (http.Request.Headers.IfNoneMatch.Contains(tag))
        {
            http.Response.StatusCode = 304;
            return;
        }
        if (text)
        {
            var content = await File.ReadAllTextAsync(file.FullName, http.RequestAborted);
            var bytes = Encoding.UTF8.GetBytes(content.Replace(Placeholder, bundle.Base == "/" ? "" : bundle.Base, StringComparison.Ordinal));
            http.Response.ContentLength = bytes.Length;
            if (!HttpMethods.IsHead(http.Request.Method)) await http.Response.Body.WriteAsync(bytes, http.RequestAborted);
        }
        else
        {
            http.Response.ContentLength = file.Length;
            if (!HttpMethods.IsHead(http.Request.Method)) await http.Response.SendFileAsync(file.FullName, http.RequestAborted);
        }
    }

    /// <summary>A file inside the page's folder, whatever the path says of parents.</summary>
    private static FileInfo? Find(UiBundle bundle, string relative)
    {
        if (relative.Contains('\0', StringComparison.Ordinal)) return null;
        var path = Path.GetFullPath(Path.Combine(bundle.Folder, relative.TrimStart('/')));
        return path.StartsWith(bundle.Folder + Path.DirectorySeparatorChar, StringComparison.Ordinal) && File.Exists(path) ? new FileInfo(path) : null;
    }
}
