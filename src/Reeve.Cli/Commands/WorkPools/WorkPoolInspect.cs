using System.CommandLine;
using System.Globalization;
using Reeve.Cli.Output;
using Reeve.Contract;
using Reeve.Contract.WorkPools;

namespace Reeve.Cli.Commands.WorkPools;

/// <summary><c>work-pool inspect</c>.</summary>
internal static class WorkPoolInspect
{
    private static readonly Argument<string> Name = WorkPoolCommands.Name();

    public static Command Create(CliHost host) => new Command("inspect", "Show one work pool with its queues and workers.") { Name }.Runs(host, RunAsync);

    private static async Task RunAsync(CommandContext context, CancellationToken cancel)
    {
        var pool = await context.Client.WorkPools.ReadAsync(context.Get(Name), cancel);
        if (context.IsJson)
        {
            context.Output.Json(pool, ReeveJson.TypeInfo<WorkPoolResponse>());
            return;
        }

        context.Output.Details(
        [
            ("Name", pool.Name),
            ("Id", pool.Id.ToString()),
            ("Type", pool.Type),
            ("Status", pool.Status?.ToString()),
            ("Paused", pool.IsPaused ? "yes" : "no"),
            ("Limit", pool.ConcurrencyLimit?.ToString(CultureInfo.InvariantCulture) ?? "none"),
            ("Description", pool.Description),
            ("Created", TimeText.Instant(pool.Created)),
        ]);
        var now = context.Host.Clock.GetUtcNow();
        var workers = await context.Client.WorkPools.FilterWorkersAsync(pool.Name, new WorkerFilterRequest(), cancel);
        context.Output.Line();
        context.Output.Table(
            ["Worker", "Status", "Last heard of"],
            [.. workers.Select(worker => new[] { worker.Name, worker.Status.ToString().ToLowerInvariant(), TimeText.Relative(worker.LastHeartbeatTime, now) })],
            $"No worker has served it yet. Start one: reeve worker start --pool '{pool.Name}'");
    }
}
