using System.CommandLine;
using Reeve.Cli.Hosting;
using Reeve.Server.Hosting;
using Reeve.Server.Services;
using Reeve.Settings.Views;

namespace Reeve.Cli.Commands.Server;

/// <summary><c>server services start</c>: the background services without the API. Prefect's other names for it, and for the process behind it, do the same.</summary>
internal static class ServicesStart
{
    private static readonly Argument<string[]> Names = new("name") { Description = "Only these services, by the names of services ls.", Arity = ArgumentArity.ZeroOrMore };
    private static readonly Option<bool> Background = new("--background", "-b") { Description = "Run in the background; server services stop ends it." };

    public static Command Create(CliHost host)
    {
        var command = new Command("start", "Run the enabled background services, or those that are named, without serving the API.") { Names, Background };
        command.Aliases.Add("enable");
        command.Aliases.Add("manager");
        return command.Runs(host, RunAsync);
    }

    private static async Task RunAsync(CommandContext context, CancellationToken cancel)
    {
        var only = Chosen(context);
        if (context.Get(Background))
        {
            StartInBackground(context, only);
            return;
        }

        // No other machine has business with this process: it listens where nobody else does, for its own health alone.
        context.Arguments["PREFECT_SERVER_API_HOST"] = "127.0.0.1";
        context.Arguments["PREFECT_SERVER_API_PORT"] = "0";
        using var signals = new TerminationSignals(context.Host, cancel);
        var settings = new ServerSettings(context.Settings);
        await using var server = ServerHost.Create(settings, new ServerRole { ServesApi = false, ServesUi = false, OnlyServices = only }, context.Host);
        await server.StartAsync(signals.Token);
        context.Output.Line($"{(only is null ? "The background services run" : $"Running: {string.Join(", ", only)}")}. Ctrl-C ends them.");
        await signals.WaitAsync();
        context.Output.Line("Stopping");
        await server.StopAsync(CancellationToken.None);
    }

    /// <summary>The named services, in the catalogue's spelling; null for all.</summary>
    private static List<string>? Chosen(CommandContext context)
    {
        var names = context.Get(Names);
        if (names.Length == 0) return null;
        var settings = new ServerSettings(context.Settings);
        var chosen = new List<string>();
        foreach (var name in names)
        {
            var service = ServiceCatalogue.Find(name)
                ?? throw new CliException($"There is no service '{name}'. There are: {string.Join(", ", ServiceCatalogue.All.Select(known => known.Name))}.", ExitCode.Usage);
            if (!service.IsEnabled(settings)) throw new CliException($"{service.Name} is switched off by {service.Setting}. Set it to true to run the service.", ExitCode.Usage);
            chosen.Add(service.PartOf ?? service.Name);
        }

        return chosen;
    }

    private static void StartInBackground(CommandContext context, List<string>? only)
    {
        var file = ServerPaths.ServicesPid(context.Settings);
        if (file.Read() is { } running) throw new CliException($"Services already run in the background, process {running}. End them with: reeve server services stop");
        var log = ServerPaths.ServicesLog(context.Settings);
        var arguments = new List<string> { "server", "services", "start" };
        if (only is not null) arguments.AddRange(only);
        if (context.Profile is { } profile) arguments.Insert(0, $"--profile={profile}");
        using var process = BackgroundProcess.Start(arguments, log);
        file.Write(process.Id);
        context.Output.Line($"The background services run, process {process.Id}. Log: {log}");
    }
}
