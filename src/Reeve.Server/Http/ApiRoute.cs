namespace Reeve.Server.Http;

internal sealed record ApiRoute(ApiOperation Operation, ApiHandler Handler, ApiAccess Access, bool EndsWithSlash);
