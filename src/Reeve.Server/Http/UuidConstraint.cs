namespace Reeve.Server.Http;

/// <summary>A path segment that is a UUID, hyphens optional, any case. Anything else does not match the route at all.</summary>
internal sealed class UuidConstraint : IRouteConstraint
{
    public bool Match(HttpContext? httpContext, IRouter? route, string routeKey, RouteValueDictionary values, RouteDirection routeDirection) =>
        values[routeKey] is string text && IsUuid(text);

    // By its length, because the parser would overlook white space around it.
    public static bool IsUuid(string text) => text.Length switch
    {
        36 => Guid.TryParseExact(text, "D", out _),
        32 => Guid.TryParseExact(text, "N", out _),
        _ => false,
    };
}
