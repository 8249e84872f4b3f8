using System.CommandLine;
using System.Text.Json;

namespace Reeve.Cli.Commands.FlowRuns;

/// <summary><c>flow-run explain</c>.</summary>
internal static class FlowRunExplain
{
    private static readonly Argument<string> Id = FlowRunCommands.Id();

    public static Command Create(CliHost host) => new Command("explain", "Say why a flow run is not running.") { Id }.Runs(host, async (context, cancel) =>
    {
        var id = FlowRunCommands.Parse(context.Get(Id));
        using var answer = JsonDocument.Parse((await context.Client.Server.GetAsync($"reeve/flow_runs/{id}/explain", cancel)).Utf8);
        var root = answer.RootElement;
        if (context.IsJson)
        {
            context.Output.Raw(root.GetRawText());
            return;
        }

        context.Output.Line($"{root.GetProperty("name").GetString()}: {root.GetProperty("state_name").GetString() ?? "no state"}");
        foreach (var reason in root.GetProperty("reasons").EnumerateArray())
        {
            context.Output.Line($"  {(reason.GetProperty("blocks").GetBoolean() ? "x" : "-")} {reason.GetProperty("message").GetString()} [{reason.GetProperty("code").GetString()}]");
        }
    });
}
