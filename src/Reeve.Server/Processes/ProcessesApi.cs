using Reeve.Data;
using Reeve.Server.Http;
using Reeve.Server.Services;
using Reeve.Settings.Views;

namespace Reeve.Server.Processes;

/// <summary><c>/reeve/processes</c>: who works on this database, and what does not fit together.</summary>
internal sealed class ProcessesApi(ProcessStore store, ProcessBeats beats, ServiceRunner runner, ServerSettings settings, Db db)
{
    public void Map(ApiRoutes api) => api.Get("/reeve/processes", ReadAsync);

    private async Task<ApiResult> ReadAsync(ApiCall call)
    {
        var processes = await store.ListAsync(call.Cancel);
        var wanted = runner.All.Where(service => service.Info.IsEnabled(settings)).Select(static service => service.Name).ToList();
        var warnings = ProcessWarnings.Of(processes, wanted, db.IsSqlite);
        return ApiResult.Written(writer =>
        {
            writer.WriteStartObject();
            writer.WriteStartArray("processes");
            foreach (var process in processes)
            {
                writer.WriteStartObject();
                writer.WriteString("id", process.Info.Id);
                writer.WriteString("host", process.Info.Host);
                writer.WriteNumber("pid", process.Info.Pid);
                writer.WriteString("version", process.Info.Version);
                writer.WriteString("role", process.Info.Role);
                writer.WriteString("address", process.Info.Address);
                writer.WriteBoolean("answers_here", process.Info.Id == beats.Self);
                writer.WriteBoolean("silent", process.IsSilent);
                writer.WriteNumber("clock_skew_seconds", Math.Round(process.ClockSkew, 3));
                writer.WriteNumber("last_beat_seconds_ago", Math.Round(process.Age.TotalSeconds, 1));
                writer.WriteString("last_beat", process.Beat.UtcDateTime);
                writer.WriteString("started", process.Info.Started.UtcDateTime);
                writer.WriteStartArray("services");
                foreach (var service in process.Info.Services) writer.WriteStringValue(service);
                writer.WriteEndArray();
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
            writer.WriteStartArray("warnings");
            foreach (var warning in warnings) writer.WriteStringValue(warning);
            writer.WriteEndArray();
            writer.WriteEndObject();
        });
    }
}
