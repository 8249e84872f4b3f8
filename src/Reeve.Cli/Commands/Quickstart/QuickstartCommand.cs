using System.CommandLine;
using System.Globalization;
using Reeve.Cli.Commands.Server;
using Reeve.Cli.Hosting;
using Reeve.Client;
using Reeve.Server.Hosting;
using Reeve.Settings.Views;
using Reeve.Worker;
using Reeve.Worker.Process;

namespace Reeve.Cli.Commands.Quickstart;

/// <summary><c>quickstart</c>: a server, a worker and sample deployments in one process, to see everything work.</summary>
internal static class QuickstartCommand
{
    private static readonly Option<int> Port = new("--port") { Description = "Port of the API and the web page; 0 takes a free one.", DefaultValueFactory = _ => 4200 };
    private static readonly Option<string?> Home = new("--home") { Description = "Directory of the database and the samples; by default quickstart in PREFECT_HOME." };

    public static Command Create(CliHost host) =>
        new Command("quickstart", "Start a server and a worker with sample deployments, to see Reeve work. Ctrl-C ends all of it.") { Port, Home }.Runs(host, RunAsync);

    private static async Task RunAsync(CommandContext context, CancellationToken cancel)
    {
        var home = UseOwnHome(context);
        var settings = new ServerSettings(context.Settings);
        var clock = context.Host.Clock;
        var console = new QuickstartConsole(context.Host);
        using var signals = new TerminationSignals(context.Host, cancel);
        await using var server = ServerHost.Create(settings, ServerRole.Everything, context.Host);
        await ServerStart.StartAsync(server, settings, signals.Token);
        var api = server.Address + settings.Api.BasePath;
        console.Write(WorkerLogLevel.Info, $"Server started, database {Path.Combine(home, "reeve.db")}");

        using var client = new ReeveClient(
            new ClientOptions { ApiUrl = new Uri(api), AuthString = settings.Api.AuthString, WaitForServer = true }, clock);
        await new QuickstartSamples(client, console, home).CreateAsync(signals.Token);
        var worker = new FlowRunWorker(WorkerOptions(context, api), client, clock, console);
        var working = worker.RunAsync(signals.Token);
        context.Output.Line();
        context.Output.Line($"Open {server.Address}  (API: {api}). Ctrl-C ends everything.");
        context.Output.Line();
        try
        {
            await working;
        }
        catch (OperationCanceledException)
        {
            // Stopped before the worker had begun.
        }

        await server.StopAsync(CancellationToken.None);
        context.Output.Line("Ended. Start it again to go on where it stopped.");
    }

    /// <summary>Keeps the samples out of the user's own database, whatever settings say where that is.</summary>
    private static string UseOwnHome(CommandContext context)
    {
        var given = context.Get(Home) ?? Path.Combine(Config.ConfigWriter.Lenient(context).Text("home"), "quickstart");
        var home = Path.GetFullPath(given);
        Directory.CreateDirectory(home);
        context.Arguments["PREFECT_SERVER_DATABASE_CONNECTION_URL"] = $"sqlite+aiosqlite:///{Path.Combine(home, "reeve.db")}";
        context.Arguments["PREFECT_SERVER_API_HOST"] = "127.0.0.1";
        context.Arguments["PREFECT_SERVER_API_PORT"] = context.Get(Port).ToString(CultureInfo.InvariantCulture);
        context.Arguments["PREFECT_SERVER_LOGGING_LEVEL"] = "WARNING";
        return home;
    }

    private static WorkerOptions WorkerOptions(CommandContext context, string api)
    {
        var options = WorkerFactory.Options(context.Settings, QuickstartSamples.Pool, "quickstart");
        return options with
        {
            Type = ProcessPool.Type,
            PollInterval = TimeSpan.FromSeconds(2),
            CancellationPoll = TimeSpan.FromSeconds(2),
            LogInterval = TimeSpan.FromMilliseconds(500),
            KillGrace = TimeSpan.FromSeconds(3),
            ReportGrace = TimeSpan.FromSeconds(5),
            Environment = new Dictionary<string, string>(options.Environment) { ["PREFECT_API_URL"] = api },
        };
    }
}
