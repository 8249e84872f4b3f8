using System.CommandLine;
using Reeve.Contract;
using Reeve.Contract.WorkPools;

namespace Reeve.Cli.Commands.WorkPools;

/// <summary><c>work-pool ls</c>.</summary>
internal static class WorkPoolLs
{
    private static readonly Option<bool> Verbose = new("--verbose", "-v") { Description = "Show the descriptions." };

    public static Command Create(CliHost host) => new Command("ls", "List work pools.") { Verbose }.Runs(host, RunAsync);

    private static async Task RunAsync(CommandContext context, CancellationToken cancel)
    {
        var pools = await context.Client.WorkPools.FilterAsync(new WorkPoolFilterRequest(), cancel);
        if (context.IsJson)
        {
            context.Output.Json(pools, ReeveJson.TypeInfo<List<WorkPoolResponse>>());
            return;
        }

        var verbose = context.Get(Verbose);
        string[] columns = ["Name", "Type", "Status", "Limit", "Id"];
        context.Output.Table(
            verbose ? [.. columns, "Description"] : columns,
            [.. pools.Select(pool => Row(pool, verbose))],
            "There are no work pools. Create one: reeve work-pool create NAME");
    }

    private static string?[] Row(WorkPoolResponse pool, bool verbose)
    {
        var status = pool.IsPaused ? "paused" : pool.Status switch
        {
            WorkPoolStatus.Ready => "ready",
            WorkPoolStatus.NotReady => "no worker",
            _ => "-",
        };
        string?[] row = [pool.Name, pool.Type, status, pool.ConcurrencyLimit?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "none", pool.Id.ToString()];
        return verbose ? [.. row, pool.Description] : row;
    }
}
