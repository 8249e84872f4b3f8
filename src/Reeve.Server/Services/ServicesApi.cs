using System.Text.Json;
using Reeve.Data;
using Reeve.Server.Http;
using Reeve.Server.Processes;
using Reeve.Settings.Views;

namespace Reeve.Server.Services;

/// <summary><c>/reeve/services</c>: every service there is, and how it does in each process that runs it.</summary>
internal sealed class ServicesApi(ServiceReports reports, ProcessStore processes, ProcessBeats beats, ServerSettings settings, TimeProvider clock)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly string Here = Replica(Environment.MachineName, Environment.ProcessId);

    public void Map(ApiRoutes api) => api.Get("/reeve/services", ReadAsync);

    private static string Replica(string host, int pid) => $"{host}:{pid}";

    private async Task<ApiResult> ReadAsync(ApiCall call)
    {
        var others = await OthersAsync(call.Cancel);
        return ApiResult.Written(writer =>
        {
            writer.WriteStartArray();
            foreach (var info in ServiceCatalogue.All)
            {
                var here = reports.Find(info, call.Now);
                var away = others
                    .Select(process => (Process: process, Report: process.Info.Reports.FirstOrDefault(report => report.Name == info.Name)))
                    .Where(static pair => pair.Report is not null)
                    .ToList();
                if (here is not null || away.Count == 0) Write(writer, info, here, here is null ? null : Here, here?.State.ToString() ?? nameof(ServiceState.Off), isHere: here is not null);
                foreach (var (process, report) in away)
                {
                    // Of one that has fallen silent nothing is known but what it said last.
                    var state = process.IsSilent ? "silent" : report!.State.ToString();
                    Write(writer, info, report, Replica(process.Info.Host, process.Info.Pid), state, isHere: false);
                }
            }
            writer.WriteEndArray();
        });
    }

    /// <summary>The other processes, as they last told. A database that does not answer leaves this process to speak for itself.</summary>
    private async Task<IReadOnlyList<ProcessRow>> OthersAsync(CancellationToken cancel)
    {
        using var limit = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancel);
        try
        {
            return (await processes.ListAsync(either.Token)).FindAll(process => process.Info.Id != beats.Self);
        }
        catch (Exception error) when (error is DatabaseException or OperationCanceledException && !cancel.IsCancellationRequested)
        {
            return [];
        }
    }

    private void Write(Utf8JsonWriter writer, ServiceInfo info, ServiceReport? report, string? replica, string state, bool isHere)
    {
        var health = report?.Health ?? new ServiceHealth();
        writer.WriteStartObject();
        writer.WriteString("name", info.Name);
        writer.WriteString("description", info.Description);
        writer.WriteString("part_of", info.PartOf);
        writer.WriteString("setting", info.Setting);
        writer.WriteBoolean("enabled", info.IsEnabled(settings));
        writer.WriteBoolean("runs_here", isHere);
        writer.WriteString("replica", replica);
        writer.WriteString("state", state.ToLowerInvariant());
        Write(writer, "interval_seconds", report?.Interval);
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
