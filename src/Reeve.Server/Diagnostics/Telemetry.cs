using Microsoft.Extensions.Configuration;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using Reeve.Settings.Views;

namespace Reeve.Server.Diagnostics;

/// <summary>Collects meters and offers them where somebody asked for them: as Prometheus text, or sent by OTLP. Otherwise nothing is collected at all.</summary>
internal static class Telemetry
{
    /// <summary>Ours, the web server's, the driver's and the runtime's.</summary>
    private static readonly string[] Meters =
        ["Reeve.*", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Npgsql", "System.Runtime"];

    public static void Add(IServiceCollection services, ServerSettings settings, IConfiguration configuration)
    {
        // The exporter reads these variables by itself; here they only tell whether it is wanted.
        var otlp = IsSet(configuration, "OTEL_EXPORTER_OTLP_ENDPOINT") || IsSet(configuration, "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT");
        if (!otlp && !settings.MetricsEnabled) return;
        services.AddOpenTelemetry()
            .ConfigureResource(static resource => resource.AddService("reeve", serviceInstanceId: $"{Environment.MachineName}:{Environment.ProcessId}").AddEnvironmentVariableDetector())
            .WithMetrics(metrics =>
            {
                metrics.AddMeter(Meters);
                if (settings.MetricsEnabled) metrics.AddPrometheusExporter();
                if (otlp) metrics.AddOtlpExporter();
            });
    }

    private static bool IsSet(IConfiguration configuration, string variable) => !string.IsNullOrEmpty(configuration[variable]);
}
