using System.Text.Json;
using Reeve.Server.Http;
using Reeve.Settings.Views;

namespace Reeve.Server.Services;

/// <summary><c>/reeve/services</c>: what the services of this process do, live.</summary>
internal sealed class ServicesApi(ServiceRunner runner, ServerSettings settings)
{
    public void Map(ApiRoutes api) => api.Get("/reeve/services", Read);

    private Task<ApiResult> Read(ApiCall call) => Task.FromResult(ApiResult.Written(writer =>
    {
        writer.WriteStartArray();
        foreach (var service in runner.All) Write(writer, service, runner.Find(service.Name)?.Health);
        writer.WriteEndArray();
    }));

    private void Write(Utf8JsonWriter writer, Service service, ServiceHealth? health)
    {
        writer.WriteStartObject();
        writer.WriteString("name", service.Name);
        writer.WriteString("description", service.Info.Description);
        writer.WriteString("setting", service.Info.Setting);
        writer.WriteBoolean("enabled", service.Info.IsEnabled(settings));
        writer.WriteBoolean("runs_here", health is not null);
        writer.WriteNumber("interval_seconds", service.Interval.TotalSeconds);
        writer.WriteNumber("runs", health?.Runs ?? 0);
        writer.WriteNumber("items", health?.Items ?? 0);
        writer.WriteNumber("failures", health?.Failures ?? 0);
        writer.WriteNumber("failures_in_a_row", health?.FailuresInARow ?? 0);
        Write(writer, "last_success", health?.LastSuccess);
        Write(writer, "last_failure", health?.LastFailure);
        writer.WriteString("last_error", health?.LastError);
        Write(writer, "last_duration_seconds", health?.LastDuration);
        Write(writer, "total_duration_seconds", health?.TotalDuration);
        Write(writer, "next_due", health?.NextDue);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, string name, DateTimeOffset? value)
    {
        if (value is { } instant) writer.WriteString(name, instant.UtcDateTime);
        else writer.WriteNull(name);
    }

    private static void Write(Utf8JsonWriter writer, string name, TimeSpan? value)
    {
        if (value is { } duration) writer.WriteNumber(name, duration.TotalSeconds);
        else writer.WriteNull(name);
    }
}
