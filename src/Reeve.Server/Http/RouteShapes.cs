namespace Reeve.Server.Http;

/// <summary>
/// The methods a path answers to. Routing itself says 404 where a segment might have been an id of another route and is
/// none (<c>GET /flows/filter</c>), though the path is there for another method.
/// </summary>
internal sealed class RouteShapes
{
    private readonly List<(string Method, string[] Segments)> _all = [];

    public void Add(string method, string pattern) => _all.Add((method, pattern.Trim('/').Split('/')));

    /// <summary>The methods, in alphabetical order; none for a path that leads nowhere.</summary>
    public IReadOnlyList<string> Methods(string path)
    {
        var segments = path.Trim('/').Split('/');
        return [.. _all.Where(shape => Fits(shape.Segments, segments)).Select(static shape => shape.Method).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    private static bool Fits(string[] shape, string[] path)
    {
        for (var i = 0; i < shape.Length; i++)
        {
            if (shape[i].StartsWith("{*", StringComparison.Ordinal)) return true;
            if (i >= path.Length) return false;
            var fits = shape[i] is not ['{', ..]
                ? shape[i].Equals(path[i], StringComparison.OrdinalIgnoreCase)
                : path[i].Length > 0 && (!shape[i].EndsWith(":uuid}", StringComparison.Ordinal) || UuidConstraint.IsUuid(path[i]));
            if (!fits) return false;
        }
        return shape.Length == path.Length;
    }
}
