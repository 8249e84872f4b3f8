using Reeve.Server.Http;

namespace Reeve.Server.Diagnostics;

/// <summary><c>/reeve/diagnostics</c>: what is wrong with the installation, as this process sees it.</summary>
internal sealed class DiagnosticsApi(Doctor doctor)
{
    public void Map(ApiRoutes api) => api.Get("/reeve/diagnostics", ReadAsync);

    private async Task<ApiResult> ReadAsync(ApiCall call)
    {
        var results = await doctor.ExamineAsync(call.Now, call.Cancel);
        return ApiResult.Written(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("status", Text(results.Max(static each => each.Result.Status)));
            writer.WriteString("process", $"{Environment.MachineName}/{Environment.ProcessId}");
            writer.WriteString("at", call.Now.UtcDateTime);
            writer.WriteStartArray("checks");
            foreach (var (name, result) in results)
            {
                writer.WriteStartObject();
                writer.WriteString("name", name);
                writer.WriteString("status", Text(result.Status));
                writer.WriteStartArray("evidence");
                foreach (var line in result.Evidence) writer.WriteStringValue(line);
                writer.WriteEndArray();
                writer.WriteString("cause", result.Cause);
                writer.WriteString("fix", result.Fix);
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
            writer.WriteEndObject();
        });
    }

    private static string Text(CheckStatus status) => status switch
    {
        CheckStatus.Ok => "ok",
        CheckStatus.Warn => "warn",
        _ => "fail",
    };
}
