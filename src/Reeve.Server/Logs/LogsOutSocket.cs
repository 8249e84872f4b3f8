using System.Text.Json;
using Reeve.Contract;
using Reeve.Contract.Logs;
using Reeve.Server.Http.WebSockets;
using Reeve.Server.Streams;
using Reeve.Settings.Views;

namespace Reeve.Server.Logs;

/// <summary><c>/logs/out</c>: the log lines that fit a filter, each as it is stored. Silent unless the settings want it.</summary>
internal sealed class LogsOutSocket(LogDistributor distributor, ServerSettings settings)
{
    public async Task RunAsync(ApiSocket socket)
    {
        using var message = await StreamSocket.FilterAsync(socket, "/logs/filter", "logs", settings.Reeve.StrictRequests);
        if (message is null) return;
        var filter = message.RootElement.GetProperty("filter").Deserialize(ReeveJson.TypeInfo<LogFilter>())!;
        var gone = StreamSocket.GoneAsync(socket);
        if (!settings.LogsStreamOutEnabled || !settings.LogsStreamPublishingEnabled)
        {
            await gone;
            return;
        }
        using var reader = await distributor.OpenAsync(log => Includes(filter, log), socket.Cancel);
        await StreamSocket.PumpAsync(socket, reader, gone, []);
    }

    /// <summary>See websockets.md §4.1: text and operator are ignored.</summary>
    private static bool Includes(LogFilter filter, Log log) =>
        (filter.Level?.Ge is not { } least || log.Level >= least)
        && (filter.Level?.Le is not { } most || log.Level <= most)
        && (filter.Timestamp?.After is not { } after || log.Timestamp >= after)
        && (filter.Timestamp?.Before is not { } before || log.Timestamp <= before)
        && (filter.FlowRunId?.Any is not { } flowRuns || (log.FlowRunId is { } flowRun && flowRuns.Contains(flowRun)))
        && (filter.TaskRunId?.Any is not { } taskRuns || (log.TaskRunId is { } taskRun && taskRuns.Contains(taskRun)))
        && (filter.TaskRunId?.IsNull is not { } isNull || log.TaskRunId is null == isNull);
}
