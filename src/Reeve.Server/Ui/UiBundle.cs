namespace Reeve.Server.Ui;

/// <summary>A built web page in a folder.</summary>
/// <param name="Version"><c>v1</c> (the older page) or <c>v2</c>.</param>
/// <param name="Folder">Where its <c>index.html</c> is.</param>
/// <param name="Base">The path it is served under: starts with a slash, ends with one only when it is the root.</param>
internal sealed record UiBundle(string Version, string Folder, string Base)
{
    /// <summary>The path below the page's own, with a leading slash; null when a request is not for it.</summary>
    public string? Relative(string path) => Relative(path, Base);

    /// <summary>The path below <paramref name="start"/>, with a leading slash; null when it is not below.</summary>
    public static string? Relative(string path, string start)
    {
        if (start == "/") return path;
        if (!path.StartsWith(start, StringComparison.Ordinal)) return null;
        var rest = path[start.Length..];
        return rest.Length == 0 ? "/" : rest[0] == '/' ? rest : null;
    }

    /// <summary>The address of a path below the page's own.</summary>
    public string Absolute(string relative) => Base == "/" ? relative : Base + relative;
}
