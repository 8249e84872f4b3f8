using System.Text.Json;
using Reeve.Server.Http;

namespace Reeve.Server.FlowRuns.Explain;

/// <summary><c>/reeve/flow_runs/{id}/explain</c>: why a run is not running.</summary>
internal sealed class FlowRunExplainApi(RunFactStore store)
{
    public void Map(ApiRoutes api) => api.Get("/reeve/flow_runs/{id:uuid}/explain", ExplainAsync);

    private async Task<ApiResult> ExplainAsync(ApiCall call)
    {
        var run = await store.FindAsync(call.Id(), call.Cancel) ?? throw ApiException.Missing($"Flow run {call.Id()} not found");
        var reasons = RunExplanation.Of(run, call.Now, call.Settings.Services.Foreman);
        return ApiResult.Written(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("flow_run_id", run.Id);
            writer.WriteString("name", run.Name);
            writer.WriteString("state_type", run.StateType);
            writer.WriteString("state_name", run.StateName);
            writer.WriteBoolean("blocked", reasons.Exists(static reason => reason.Blocks));
            writer.WriteStartArray("reasons");
            foreach (var reason in reasons) Write(writer, reason);
            writer.WriteEndArray();
            writer.WriteEndObject();
        });
    }

    private static void Write(Utf8JsonWriter writer, RunReason reason)
    {
        writer.WriteStartObject();
        writer.WriteString("code", reason.Code);
        writer.WriteString("message", reason.Message);
        writer.WriteBoolean("blocks", reason.Blocks);
        if (reason.Until is { } until) writer.WriteString("until", until.UtcDateTime);
        if (reason.Since is { } since) writer.WriteString("since", since.UtcDateTime);
        writer.WriteStartArray("flow_runs");
        foreach (var holder in reason.Holders)
        {
            writer.WriteStartObject();
            writer.WriteString("id", holder.Id);
            writer.WriteString("name", holder.Name);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
