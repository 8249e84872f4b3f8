using System.Globalization;
using System.Text;
using Reeve.Contract.Logs;
using Reeve.Server.Http;
using Reeve.Server.Logs;

namespace Reeve.Server.FlowRuns;

/// <summary>A run's logs as CSV, written as they are read: memory stays flat however many there are.</summary>
internal static class FlowRunLogDownload
{
    private const int FlushAt = 32 * 1024;

    public static ApiResult Of(LogStore logs, Guid runId, string runName) => ApiResult.Streamed(async http =>
    {
        http.Response.ContentType = "text/csv; charset=utf-8";
        http.Response.Headers.ContentDisposition =
            $"attachment; filename=\"flow-run-logs.csv\"; filename*=UTF-8''{Uri.EscapeDataString(runName + "-logs.csv")}";
        var text = new StringBuilder("timestamp,level,flow_run_id,task_run_id,message\r\n");
        await foreach (var log in logs.StreamAsync(runId, http.RequestAborted))
        {
            Append(text, log);
            if (text.Length < FlushAt) continue;
            await http.Response.WriteAsync(text.ToString(), http.RequestAborted);
            text.Clear();
        }
        await http.Response.WriteAsync(text.ToString(), http.RequestAborted);
    });

    private static void Append(StringBuilder text, Log log)
    {
        var at = log.Timestamp.ToUniversalTime();
        var format = at.Ticks % TimeSpan.TicksPerSecond == 0 ? "yyyy-MM-dd HH:mm:ss" : "yyyy-MM-dd HH:mm:ss.ffffff";
        text.Append(at.ToString(format, CultureInfo.InvariantCulture)).Append("+00:00,")
            .Append(log.Level).Append(',').Append(log.FlowRunId).Append(',').Append(log.TaskRunId).Append(',');
        if (log.Message.AsSpan().IndexOfAny(",\"\r\n") < 0) text.Append(log.Message);
        else text.Append('"').Append(log.Message.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
        text.Append("\r\n");
    }
}
