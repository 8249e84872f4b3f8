using System.CommandLine;
using Reeve.Cli.Output;
using Reeve.Contract;
using Reeve.Contract.Flows;

namespace Reeve.Cli.Commands.Flows;

/// <summary><c>flow ls</c>.</summary>
internal static class FlowLs
{
    private static readonly Option<int> Limit = new("--limit", "-l") { Description = "How many at most, 1 to 200.", DefaultValueFactory = _ => 15 };

    public static Command CreateGroup(CliHost host) => new("flow", "Look at flows.")
    {
        new Command("ls", "List flows.") { Limit }.Runs(host, RunAsync),
    };

    private static async Task RunAsync(CommandContext context, CancellationToken cancel)
    {
        var flows = await context.Client.Flows.FilterAsync(new FlowFilterRequest { Limit = context.Get(Limit), Sort = FlowSort.CreatedDesc }, cancel);
        if (context.IsJson)
        {
            context.Output.Json(flows, ReeveJson.TypeInfo<List<Flow>>());
            return;
        }

        var now = context.Host.Clock.GetUtcNow();
        context.Output.Table(
            ["Name", "Id", "Created", "Tags"],
            [.. flows.Select(flow => new[] { flow.Name, flow.Id.ToString(), TimeText.Relative(flow.Created, now), string.Join(", ", flow.Tags) })],
            "There are no flows.");
    }
}
