using System.CommandLine;
using System.Globalization;
using Reeve.Cli.Output;
using Reeve.Contract;
using Reeve.Contract.WorkPools;

namespace Reeve.Cli.Commands.WorkQueues;

/// <summary><c>work-queue ls</c>.</summary>
internal static class WorkQueueLs
{
    private static readonly Option<string?> Pool = new("--pool", "-p") { Description = "Only the queues of this pool." };

    public static Command CreateGroup(CliHost host) => new("work-queue", "Look at work queues.")
    {
        new Command("ls", "List the queues of all pools or of one, by priority.") { Pool }.Runs(host, RunAsync),
    };

    private static async Task RunAsync(CommandContext context, CancellationToken cancel)
    {
        var pools = context.Get(Pool) is { } name
            ? [name]
            : (await context.Client.WorkPools.FilterAsync(new WorkPoolFilterRequest(), cancel)).ConvertAll(pool => pool.Name);
        var queues = new List<WorkQueueResponse>();
        foreach (var pool in pools) queues.AddRange(await context.Client.WorkPools.FilterQueuesAsync(pool, new WorkPoolQueueFilterRequest(), cancel));
        if (context.IsJson)
        {
            context.Output.Json(queues, ReeveJson.TypeInfo<List<WorkQueueResponse>>());
            return;
        }

        var now = context.Host.Clock.GetUtcNow();
        context.Output.Table(
            ["Pool", "Queue", "Priority", "Limit", "Status", "Polled"],
            [.. queues.Select(queue => new[]
            {
                queue.WorkPoolName,
                queue.Name,
                queue.Priority.ToString(CultureInfo.InvariantCulture),
                queue.ConcurrencyLimit?.ToString(CultureInfo.InvariantCulture) ?? "none",
                queue.IsPaused ? "paused" : queue.Status?.ToString(),
                TimeText.Relative(queue.LastPolled, now),
            })],
            "There are no work queues.");
    }
}
