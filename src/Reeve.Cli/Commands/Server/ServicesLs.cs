using System.CommandLine;
using System.Text.Json;
using Reeve.Cli.Output;
using Reeve.Client;
using Reeve.Server.Services;
using Reeve.Settings.Views;

namespace Reeve.Cli.Commands.Server;

/// <summary><c>server services ls</c>: the services, live where a server answers, else what the settings here say of them.</summary>
internal static class ServicesLs
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private static readonly Option<bool> Watch = new("--watch", "-w") { Description = "Show them again every few seconds until Ctrl-C." };
    private static readonly Option<double> Every = new("--interval") { Description = "Seconds between two looks.", DefaultValueFactory = _ => 2 };

    public static Command Create(CliHost host, string name) =>
        new Command(name, "List the background services: how they are doing, if a server answers, and their settings.") { Watch, Every }.Runs(host, RunAsync);

    private static async Task RunAsync(CommandContext context, CancellationToken cancel)
    {
        if (context.Get(Every) <= 0) throw new CliException("--interval must be more than 0 seconds.", ExitCode.Usage);
        try
        {
            while (true)
            {
                using var live = await LiveAsync(context, cancel);
                if (context.Get(Watch) && context.Host.IsTerminal && !context.IsJson) context.Host.Out.Write("\e[H\e[2J");
                if (live is not null) PrintLive(context, live);
                else if (context.Get(Watch)) throw new CliException("No server answers, so there is nothing to watch. Set PREFECT_API_URL, or start one.", ExitCode.Unreachable);
                else PrintSettings(context);
                if (!context.Get(Watch)) return;
                await Task.Delay(TimeSpan.FromSeconds(context.Get(Every)), context.Host.Clock, cancel);
            }
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested && context.Get(Watch))
        {
            // Ctrl-C is how watching ends.
        }
    }

    /// <summary>What the server says, or null when none answers soon.</summary>
    private static async Task<JsonDocument?> LiveAsync(CommandContext context, CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(Patience);
        try
        {
            return JsonDocument.Parse((await context.Client.Server.GetAsync("reeve/services", limit.Token)).Utf8);
        }
        catch (Exception error) when (error is ApiException or OperationCanceledException && !cancel.IsCancellationRequested)
        {
            return null;
        }
    }

    private static void PrintLive(CommandContext context, JsonDocument live)
    {
        if (context.IsJson)
        {
            context.Output.Raw(live.RootElement.GetRawText());
            return;
        }

        var now = context.Host.Clock.GetUtcNow();
        context.Output.Table(
            ["Name", "Replica", "State", "Last success", "Next due", "Passes", "Items", "Backlog", "CPU s", "DB s", "Statements", "Last error"],
            [.. live.RootElement.EnumerateArray().Select(service => new[]
            {
                Text(service, "name"), Text(service, "replica"), Text(service, "part_of") is { Length: > 0 } whole ? $"in {whole}" : Text(service, "state"),
                TimeText.Relative(Instant(service, "last_success"), now), TimeText.Relative(Instant(service, "next_due"), now),
                Text(service, "runs"), Text(service, "items"), Text(service, "backlog"), Seconds(service, "cpu_seconds"), Seconds(service, "database_seconds"),
                Text(service, "statements"), Text(service, "failures_in_a_row") is "0" ? "" : Text(service, "last_error"),
            })],
            "There are no services.");
    }

    private static void PrintSettings(CommandContext context)
    {
        var settings = new ServerSettings(context.Settings);
        if (context.IsJson)
        {
            context.Output.Json(writer =>
            {
                writer.WriteStartArray();
                foreach (var service in ServiceCatalogue.All)
                {
                    writer.WriteStartObject();
                    writer.WriteString("name", service.Name);
                    writer.WriteBoolean("enabled", service.IsEnabled(settings));
                    writer.WriteString("setting", service.Setting);
                    writer.WriteString("description", service.Description);
                    writer.WriteEndObject();
                }

                writer.WriteEndArray();
            });
            return;
        }

        context.Output.Table(
            ["Name", "Enabled", "Description", "Setting"],
            [.. ServiceCatalogue.All.Select(service => new[] { service.Name, service.IsEnabled(settings) ? "yes" : "no", service.Description, service.Setting })],
            "There are no services.");
    }

    private static string Text(JsonElement service, string name) => service.TryGetProperty(name, out var value) ? value.ToString() : "";

    private static string Seconds(JsonElement service, string name) =>
        service.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble().ToString("0.00", System.Globalization.CultureInfo.InvariantCulture) : "";

    private static DateTimeOffset? Instant(JsonElement service, string name) =>
        service.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetDateTimeOffset() : null;
}
