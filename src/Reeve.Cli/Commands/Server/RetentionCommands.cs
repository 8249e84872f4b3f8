using System.CommandLine;
using Reeve.Cli.Output;
using Reeve.Server.Retention;
using Reeve.Settings.Views;

namespace Reeve.Cli.Commands.Server;

/// <summary>The group <c>server retention</c>: works on the database itself, beside whatever servers run.</summary>
internal static class RetentionCommands
{
    private static readonly Option<string?> Only = new("--only") { Description = "events or flow_runs; without it what PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED names." };
    private static readonly Option<bool> DryRun = new("--dry-run") { Description = "Count what would go, and delete nothing." };
    private static readonly Option<bool> Yes = new("--yes", "-y") { Description = "Do not ask." };

    public static Command Create(CliHost host) => new("retention", "Delete what is older than the retention periods.")
    {
        new Command("plan", "Count what would be deleted, with bytes. Changes nothing.") { Only }.Runs(host, PlanAsync),
        new Command("run", "Delete it now, in small transactions.") { Only, DryRun, Yes }.Runs(host, RunAsync),
    };

    private static async Task PlanAsync(CommandContext context, CancellationToken cancel)
    {
        var settings = new ServerSettings(context.Settings);
        var (events, flowRuns) = Kinds(context, settings);
        await using var tools = RetentionTools.Open(settings, context.Host.Clock);
        var lines = new List<RetentionLine>();
        await tools.PlanAsync(events, flowRuns, line =>
        {
            lines.Add(line);
            context.Output.Remark($"counted {line.Kind}");
        }, cancel);
        Print(context, lines, withBytes: true);
    }

    private static async Task RunAsync(CommandContext context, CancellationToken cancel)
    {
        if (context.Get(DryRun))
        {
            await PlanAsync(context, cancel);
            return;
        }

        var settings = new ServerSettings(context.Settings);
        var (events, flowRuns) = Kinds(context, settings);
        var what = (events, flowRuns) switch { (true, true) => "events and flow runs", (true, false) => "events", _ => "flow runs" };
        context.Output.Confirm($"Delete old {what} from {settings.Database.Url}?", context.Get(Yes));
        await using var tools = RetentionTools.Open(settings, context.Host.Clock);
        Print(context, await tools.RunAsync(events, flowRuns, rows => context.Output.Remark($"deleted {rows} rows so far"), cancel), withBytes: false);
    }

    private static (bool Events, bool FlowRuns) Kinds(CommandContext context, ServerSettings settings) => context.Get(Only) switch
    {
        "events" => (true, false),
        "flow_runs" => (false, true),
        null when settings.Services.Vacuum is { Events: false, FlowRuns: false } =>
            throw new CliException("PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED names nothing to delete. Say --only events or --only flow_runs.", ExitCode.Usage),
        null => (settings.Services.Vacuum.Events, settings.Services.Vacuum.FlowRuns),
        var other => throw new CliException($"--only '{other}' is neither events nor flow_runs.", ExitCode.Usage),
    };

    private static void Print(CommandContext context, IReadOnlyList<RetentionLine> lines, bool withBytes)
    {
        if (!context.IsJson)
        {
            context.Output.Table(
                ["Kind", "Rows", withBytes ? "Bytes" : "", "Older than"],
                [.. lines.Select(line => new[] { line.Kind, $"{line.Rows}", withBytes ? $"{line.Bytes}" : "", TimeText.Instant(line.Before) })],
                "Nothing is old enough.");
            return;
        }

        context.Output.Json(writer =>
        {
            writer.WriteStartArray();
            foreach (var line in lines)
            {
                writer.WriteStartObject();
                writer.WriteString("kind", line.Kind);
                writer.WriteNumber("rows", line.Rows);
                if (withBytes) writer.WriteNumber("bytes", line.Bytes);
                if (line.Before is { } before) writer.WriteString("older_than", before.UtcDateTime);
                else writer.WriteNull("older_than");
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        });
    }
}
