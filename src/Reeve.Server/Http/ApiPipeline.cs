using Reeve.Settings.Database;
using Reeve.Settings.Views;

namespace Reeve.Server.Http;

/// <summary>What every API request goes through, in order: CSRF, credentials, slash, version, handler, errors.</summary>
internal sealed class ApiPipeline(ServerSettings settings, TimeProvider clock, BasicAuth auth, CsrfGuard csrf, ILogger<ApiPipeline> log)
{
    /// <summary>On SQLite, as in the reference, so many requests run at once; the others wait their turn.</summary>
    private const int SqlitePlaces = 100;

    private readonly SemaphoreSlim? _places =
        settings.Database.Url.Dialect == DatabaseDialect.Sqlite ? new SemaphoreSlim(SqlitePlaces, SqlitePlaces) : null;

    public ServerSettings Settings => settings;

    /// <summary>Every route of the API, for requests that routing has found none for.</summary>
    public RouteShapes Shapes { get; } = new();

    public async Task RunAsync(HttpContext http, ApiRoute route)
    {
        if (_places is not null) await _places.WaitAsync(http.RequestAborted);
        try
        {
            await csrf.CheckAsync(http);
            if (!route.Access.HasFlag(ApiAccess.Open)) auth.Check(http.Request);
            if (TrailingSlash.Redirects(http, route.EndsWithSlash)) return;
            if (!route.Access.HasFlag(ApiAccess.AnyVersion)) ClientHeaders.ApiVersion(http.Request);
            route.Operation.CheckParameters(http.Request);
            var call = new ApiCall(http, route.Operation, settings, WholeMicroseconds(clock.GetUtcNow()));
            var result = await route.Handler(call);
            await result.WriteAsync(http);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // The client is gone; there is nobody to answer.
        }
        catch (Exception error) when (!http.Response.HasStarted)
        {
            await ErrorAnswers.WriteAsync(http, error, log);
        }
        finally
        {
            _places?.Release();
        }
    }

    /// <summary>Answers a request no route took, once it has shown the credentials a route would have asked for.</summary>
    public async Task RunUnroutedAsync(HttpContext http)
    {
        try
        {
            await csrf.CheckAsync(http);
            if (http.Request.Path.StartsWithSegments(settings.Api.BasePath, StringComparison.Ordinal)) auth.Check(http.Request);
            var methods = Shapes.Methods(http.Request.Path.Value!);
            if (methods.Count > 0)
            {
                http.Response.Headers.Allow = string.Join(", ", methods);
                await ErrorAnswers.WriteAsync(http, 405, "detail", "Method Not Allowed");
            }
            else
            {
                await ErrorAnswers.WriteAsync(http, 404, "detail", "Not Found");
            }
        }
        catch (Exception error) when (!http.Response.HasStarted && !http.RequestAborted.IsCancellationRequested)
        {
            http.Response.Headers.Allow = default;
            await ErrorAnswers.WriteAsync(http, error, log);
        }
    }

    private static DateTimeOffset WholeMicroseconds(DateTimeOffset time) => new(time.Ticks - time.Ticks % TimeSpan.TicksPerMicrosecond, time.Offset);
}
