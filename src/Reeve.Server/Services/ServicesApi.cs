using System.Text.Json;
using Reeve.Server.Events;
using Reeve.Server.Http;
using Reeve.Settings.Views;

namespace Reeve.Server.Services;

/// <summary><c>/reeve/services</c>: every service there is, and live what those of this process do.</summary>
internal sealed class ServicesApi(ServiceRunner runner, EventConsumers consumers, ServerSettings settings)
{
    /// <summary>Which process answers: of several replicas each tells of itself.</summary>
    private static readonly string Replica = $"{Environment.MachineName}:{Environment.ProcessId}";

    public void Map(ApiRoutes api) => api.Get("/reeve/services", Read);

    private Task<ApiResult> Read(ApiCall call) => Task.FromResult(ApiResult.Written(writer =>
    {
        writer.WriteStartArray();
        foreach (var info in ServiceCatalogue.All)
        {
            // Consumers of events are run by the relay, and have numbers of their own.
            var consumer = consumers.Find(info.Name);
            var isAway = consumer is null && info.PartOf == ServiceCatalogue.EventRelay.Name;
            Write(writer, info, isAway ? null : runner.Find(info.PartOf ?? info.Name), consumer?.Health, call.Now);
        }
        writer.WriteEndArray();
    }));

    private void Write(Utf8JsonWriter writer, ServiceInfo info, ServiceLoop? loop, ServiceHealth? own, DateTimeOffset now)
    {
        var health = (loop is null ? null : own ?? loop.Health) ?? new ServiceHealth();
        writer.WriteStartObject();
        writer.WriteString("name", info.Name);
        writer.WriteString("description", info.Description);
        writer.WriteString("part_of", info.PartOf);
        writer.WriteString("setting", info.Setting);
        writer.WriteBoolean("enabled", info.IsEnabled(settings));
        writer.WriteBoolean("runs_here", loop is not null);
        writer.WriteString("replica", loop is null ? null : Replica);
        writer.WriteString("state", (loop?.State(now) ?? ServiceState.Off).ToString().ToLowerInvariant());
        Write(writer, "interval_seconds", loop?.Service.Interval);
        writer.WriteNumber("runs", health.Runs);
        writer.WriteNumber("items", health.Items);
        writer.WriteNumber("backlog", health.Backlog);
        Write(writer, "oldest", health.Oldest);
        writer.WriteNumber("failures", health.Failures);
        writer.WriteNumber("failures_in_a_row", health.FailuresInARow);
        Write(writer, "last_success", health.LastSuccess);
        Write(writer, "last_failure", health.LastFailure);
        writer.WriteString("last_error", health.LastError);
        Write(writer, "last_duration_seconds", health.LastDuration);
        Write(writer, "total_duration_seconds", health.TotalDuration);
        Write(writer, "cpu_seconds", health.CpuTime);
        Write(writer, "database_seconds", health.DatabaseTime);
        writer.WriteNumber("statements", health.Statements);
        writer.WriteNumber("round_trips", health.RoundTrips);
        Write(writer, "next_due", health.NextDue);
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
