using Reeve.Server.Http;
using Reeve.Settings.Views;

namespace Reeve.Server.Diagnostics;

/// <summary><c>/metrics</c>: the meters as Prometheus text, where <c>PREFECT_SERVER_METRICS_ENABLED</c> wants them.</summary>
internal sealed class MetricsApi(IServiceProvider services, ServerSettings settings)
{
    public void Map(ApiRoutes api)
    {
        if (!settings.MetricsEnabled) return;
        var pipeline = new ApplicationBuilder(services);
        pipeline.UseOpenTelemetryPrometheusScrapingEndpoint(static _ => true);
        var scrape = pipeline.Build();
        api.Get("/metrics", _ => Task.FromResult(ApiResult.Streamed(http => scrape(http))));
    }
}
