namespace Reeve.Server.Http;

/// <summary>What every API request goes through, in order: slash, CSRF, credentials, version, handler, errors.</summary>
internal sealed class ApiPipeline(ApiOptions options, TimeProvider clock, BasicAuth auth, CsrfGuard csrf, ILogger<ApiPipeline> log)
{
    private readonly SemaphoreSlim? _places = options.MaxConcurrentRequests is { } most ? new SemaphoreSlim(most, most) : null;

    public ApiOptions Options => options;

    public async Task RunAsync(HttpContext http, ApiRoute route)
    {
        if (_places is not null) await _places.WaitAsync(http.RequestAborted);
        try
        {
            if (TrailingSlash.Redirects(http, route.EndsWithSlash)) return;
            await csrf.CheckAsync(http);
            if (!route.Access.HasFlag(ApiAccess.Open)) auth.Check(http.Request);
            if (!route.Access.HasFlag(ApiAccess.AnyVersion)) ClientHeaders.ApiVersion(http.Request);
            var call = new ApiCall(http, route.Operation, options, WholeMicroseconds(clock.GetUtcNow()));
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

    private static DateTimeOffset WholeMicroseconds(DateTimeOffset time) => new(time.Ticks - time.Ticks % TimeSpan.TicksPerMicrosecond, time.Offset);
}
