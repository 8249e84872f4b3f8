using System.Text.Json;
using Reeve.Client;

namespace Reeve.Cli.Commands.Server;

/// <summary>The processes of the installation, as one of its servers tells them.</summary>
internal static class ServerProcesses
{
    /// <summary>Null where the server cannot say: an older one, or Prefect's own.</summary>
    public static async Task<JsonDocument?> ReadAsync(CommandContext context, CancellationToken cancel)
    {
        try
        {
            return JsonDocument.Parse((await context.Client.Server.GetAsync("reeve/processes", cancel)).ToString());
        }
        catch (ApiException)
        {
            return null;
        }
    }

    public static void Print(CommandContext context, JsonElement answer)
    {
        var rows = answer.GetProperty("processes").EnumerateArray().Select(static process => new[]
        {
            $"{process.GetProperty("host").GetString()}/{process.GetProperty("pid").GetInt32()}",
            process.GetProperty("role").GetString(),
            process.GetProperty("version").GetString(),
            process.GetProperty("address").GetString() ?? "-",
            $"{process.GetProperty("last_beat_seconds_ago").GetDouble():0} s ago{(process.GetProperty("silent").GetBoolean() ? ", silent" : "")}",
            $"{process.GetProperty("clock_skew_seconds").GetDouble():0.0} s",
            string.Join(", ", process.GetProperty("services").EnumerateArray().Select(static service => service.GetString())) is { Length: > 0 } names ? names : "none",
        }).ToList();
        context.Output.Table(["Process", "Role", "Version", "Address", "Last beat", "Clock skew", "Services"], rows, "No process has said yet that it lives.");
        foreach (var warning in answer.GetProperty("warnings").EnumerateArray()) context.Output.Line($"Warning: {warning.GetString()}");
    }
}
