using System.CommandLine;
using Reeve.Cli.Hosting;
using Reeve.Server.Hosting;
using Reeve.Settings.Views;

namespace Reeve.Cli.Commands.Server;

/// <summary><c>server services start</c>: the background services without the API.</summary>
internal static class ServicesStart
{
    private static readonly Option<bool> Background = new("--background", "-b") { Description = "Run in the background; server services stop ends it." };

    public static Command Create(CliHost host) =>
        new Command("start", "Run the enabled background services without serving the API.") { Background }.Runs(host, RunAsync);

    private static async Task RunAsync(CommandContext context, CancellationToken cancel)
    {
        if (context.Get(Background))
        {
            StartInBackground(context);
            return;
        }

        // No other machine has business with this process: it listens where nobody else does, for its own health alone.
        context.Arguments["PREFECT_SERVER_API_HOST"] = "127.0.0.1";
        context.Arguments["PREFECT_SERVER_API_PORT"] = "0";
        using var signals = new TerminationSignals(context.Host, cancel);
        var settings = new ServerSettings(context.Settings);
        await using var server = ServerHost.Create(settings, new ServerRole { ServesApi = false, ServesUi = false }, context.Host);
        await server.StartAsync(signals.Token);
        context.Output.Line("The background services run. Ctrl-C ends them.");
        await signals.WaitAsync();
        context.Output.Line("Stopping");
        await server.StopAsync(CancellationToken.None);
    }

    private static void StartInBackground(CommandContext context)
    {
        var file = ServerPaths.ServicesPid(context.Settings);
        if (file.Read() is { } running) throw new CliException($"Services already run in the background, process {running}. End them with: reeve server services stop");
        var log = ServerPaths.ServicesLog(context.Settings);
        var arguments = new List<string> { "server", "services", "start" };
        if (context.Profile is { } profile) arguments.Insert(0, $"--profile={profile}");
        using var process = BackgroundProcess.Start(arguments, log);
        file.Write(process.Id);
        context.Output.Line($"The background services run, process {process.Id}. Log: {log}");
    }
}
