namespace Reeve.Server.Http;

/// <summary>
/// The route table of the API. A path is written as the contract writes it, trailing slash included, relative to the
/// mount; <c>{id:uuid}</c> matches only a UUID.
/// </summary>
internal sealed class ApiRoutes(IEndpointRouteBuilder endpoints, ApiPipeline pipeline)
{
    public IServiceProvider Services => endpoints.ServiceProvider;

    /// <summary>Routes outside the mount, or that are no plain request (websockets, files).</summary>
    public IEndpointRouteBuilder Endpoints => endpoints;

    public string BasePath => pipeline.Settings.Api.BasePath;

    public void Get(string path, ApiHandler handler, ApiAccess access = ApiAccess.Normal) => Map("GET", path, handler, access);
    public void Post(string path, ApiHandler handler) => Map("POST", path, handler, ApiAccess.Normal);
    public void Put(string path, ApiHandler handler) => Map("PUT", path, handler, ApiAccess.Normal);
    public void Patch(string path, ApiHandler handler) => Map("PATCH", path, handler, ApiAccess.Normal);
    public void Delete(string path, ApiHandler handler) => Map("DELETE", path, handler, ApiAccess.Normal);

    /// <summary>A page or file: unlike the API's own routes it also answers HEAD.</summary>
    public void GetAndHead(string path, ApiHandler handler, ApiAccess access) => Map(BasePath + path, ["GET", "HEAD"], "GET", path, handler, access);

    /// <summary>As <see cref="GetAndHead"/>, outside the mount, where neither credentials nor versions are asked for.</summary>
    public void GetAndHeadBesideMount(string path, ApiHandler handler) =>
        Map(path, ["GET", "HEAD"], "GET", path, handler, ApiAccess.Open | ApiAccess.AnyVersion);

    private void Map(string method, string path, ApiHandler handler, ApiAccess access) =>
        Map(BasePath + path, [method], method, path, handler, access);

    private void Map(string pattern, string[] methods, string method, string path, ApiHandler handler, ApiAccess access)
    {
        var operation = new ApiOperation(method, path.Replace(":uuid", "", StringComparison.Ordinal));
        var route = new ApiRoute(operation, handler, access, EndsWithSlash: path.EndsWith('/'));
        foreach (var each in methods) pipeline.Shapes.Add(each, pattern);
        endpoints.MapMethods(pattern, methods, http => pipeline.RunAsync(http, route));
    }
}
