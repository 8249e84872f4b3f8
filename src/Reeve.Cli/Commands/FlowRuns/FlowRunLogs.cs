using System.CommandLine;
using Reeve.Contract;
using Reeve.Contract.Logs;

namespace Reeve.Cli.Commands.FlowRuns;

/// <summary><c>flow-run logs</c>.</summary>
internal static class FlowRunLogs
{
    private const int PageSize = 200;

    private static readonly Argument<string> Id = FlowRunCommands.Id();
    private static readonly Option<bool> Head = new("--head") { Description = "The first lines only; 20, or as --num-logs says." };
    private static readonly Option<bool> Tail = new("--tail", "-t") { Description = "The last lines only; 20, or as --num-logs says." };
    private static readonly Option<int?> Count = new("--num-logs", "-n") { Description = "How many lines." };
    private static readonly Option<bool> Reverse = new("--reverse", "-r") { Description = "The latest first." };

    public static Command Create(CliHost host) => new Command("logs", "Print the logs of a flow run.") { Id, Head, Tail, Count, Reverse }.Runs(host, RunAsync);

    private static async Task RunAsync(CommandContext context, CancellationToken cancel)
    {
        var id = FlowRunCommands.Parse(context.Get(Id));
        if (context.Get(Head) && context.Get(Tail)) throw new CliException("Give --head or --tail, not both.", ExitCode.Usage);
        var run = await context.Client.FlowRuns.ReadAsync(id, cancel);
        var most = context.Get(Count) ?? (context.Get(Head) || context.Get(Tail) ? 20 : int.MaxValue);
        var backwards = context.Get(Tail) || context.Get(Reverse);
        var lines = await ReadAsync(context, id, most, backwards, cancel);
        if (backwards != context.Get(Reverse)) lines.Reverse();
        if (context.IsJson)
        {
            context.Output.Json(lines, ReeveJson.TypeInfo<List<Log>>());
            return;
        }

        foreach (var line in lines) context.Output.Line($"{line.Timestamp.UtcDateTime:yyyy-MM-dd HH:mm:ss.fff} | {Level(line.Level),-7} | Flow run '{run.Name}' - {line.Message}");
        if (lines.Count == 0) context.Output.Remark($"Flow run '{run.Name}' has no logs.");
    }

    private static async Task<List<Log>> ReadAsync(CommandContext context, Guid id, int most, bool backwards, CancellationToken cancel)
    {
        var lines = new List<Log>();
        while (lines.Count < most)
        {
            var filter = new LogFilterRequest
            {
                Logs = new LogFilter { FlowRunId = new LogFilterFlowRunId { Any = [id] } },
                Sort = backwards ? LogSort.TimestampDesc : LogSort.TimestampAsc,
                Offset = lines.Count,
                Limit = Math.Min(PageSize, most - lines.Count),
            };
            var page = await context.Client.Logs.FilterAsync(filter, cancel);
            lines.AddRange(page);
            if (page.Count < filter.Limit) break;
        }

        return lines;
    }

    private static string Level(int level) => level switch
    {
        >= 50 => "CRITICAL",
        >= 40 => "ERROR",
        >= 30 => "WARNING",
        >= 20 => "INFO",
        _ => "DEBUG",
    };
}
