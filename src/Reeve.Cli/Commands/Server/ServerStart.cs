using System.CommandLine;
using System.Net.Sockets;
using Reeve.Cli.Hosting;
using Reeve.Server.Hosting;
using Reeve.Settings.Views;

namespace Reeve.Cli.Commands.Server;

/// <summary><c>server start</c>.</summary>
internal static class ServerStart
{
    private static readonly Option<string?> Host = new("--host") { Description = "Address to listen on; 0.0.0.0 for all. [PREFECT_SERVER_API_HOST]" };
    private static readonly Option<int?> Port = new("--port") { Description = "Port to listen on; 0 takes a free one. [PREFECT_SERVER_API_PORT]" };
    private static readonly Option<double?> KeepAlive = new("--keep-alive-timeout") { Description = "Seconds an idle connection is kept open. [PREFECT_SERVER_API_KEEPALIVE_TIMEOUT]" };
    private static readonly Option<string?> LogLevel = new("--log-level") { Description = "DEBUG, INFO, WARNING, ERROR or CRITICAL. [PREFECT_SERVER_LOGGING_LEVEL]" };
    private static readonly Option<bool> NoServices = new("--no-services", "--no-service") { Description = "Serve the API without background services." };
    private static readonly Option<bool> NoUi = new("--no-ui") { Description = "Do not serve the web page. [PREFECT_SERVER_UI_ENABLED]" };
    private static readonly Option<bool> Ui = new("--ui") { Description = "Serve the web page." };
    private static readonly Option<bool> NoScheduler = new("--no-scheduler") { Description = "Do not create runs from schedules. [PREFECT_SERVER_SERVICES_SCHEDULER_ENABLED]" };
    private static readonly Option<bool> Scheduler = new("--scheduler") { Description = "Create runs from schedules." };
    private static readonly Option<bool> NoLateRuns = new("--no-late-runs") { Description = "Do not mark late runs. [PREFECT_SERVER_SERVICES_LATE_RUNS_ENABLED]" };
    private static readonly Option<bool> LateRuns = new("--late-runs") { Description = "Mark late runs." };
    private static readonly Option<bool> Analytics = new("--analytics-on", "--analytics-off", "--analytics", "--no-analytics") { Description = "Accepted, without effect: nothing is sent to anybody.", Hidden = true };
    private static readonly Option<bool> Background = new("--background", "-b") { Description = "Run in the background; server stop ends it." };
    private static readonly Option<int?> Workers = new("--workers") { Description = "Accepted for existing compose files, without effect: one process uses all processors." };

    public static Command Create(CliHost host) =>
        new Command("start", "Start a server, with all its background services.")
        {
            Host, Port, KeepAlive, LogLevel, NoServices, NoUi, Ui, NoScheduler, Scheduler, NoLateRuns, LateRuns, Analytics, Background, Workers,
        }.Runs(host, RunAsync);

    private static async Task RunAsync(CommandContext context, CancellationToken cancel)
    {
        TakeOptions(context);
        if (context.Get(Background))
        {
            await StartInBackgroundAsync(context, cancel);
            return;
        }

        if (context.Get(Workers) is > 1) context.Output.Remark("--workers has no effect: one process uses all processors. Start more servers on other machines to spread the load.");
        foreach (var notice in context.Settings.Notices) context.Output.Remark($"Note: {notice}");
        var settings = new ServerSettings(context.Settings);
        var role = new ServerRole { RunsServices = !context.Get(NoServices) && !settings.WebserverOnly, ServesUi = settings.Ui.Enabled };
        using var signals = new TerminationSignals(context.Host, cancel);
        await using var server = ServerHost.Create(settings, role, context.Host);
        await StartAsync(server, settings, signals.Token);
        context.Output.Line($"Reeve serves {server.Address}  (API at {server.Address}{settings.Api.BasePath})");
        context.Output.Line($"Database: {settings.Database.Url}");
        if (!role.RunsServices) context.Output.Line("Background services are off.");
        context.Output.Line("Ctrl-C ends it.");
        await signals.WaitAsync();
        context.Output.Line("Stopping");
        await server.StopAsync(CancellationToken.None);
    }

    internal static async Task StartAsync(ReeveServer server, ServerSettings settings, CancellationToken cancel)
    {
        try
        {
            await server.StartAsync(cancel);
        }
        catch (IOException error)
        {
            throw new CliException($"Cannot listen on {settings.Api.Host}:{settings.Api.Port}: {error.InnerException?.Message ?? error.Message}. Choose another port with --port.");
        }
        catch (SocketException error)
        {
            throw new CliException($"Cannot listen on {settings.Api.Host}:{settings.Api.Port}: {error.Message}. Choose another address with --host or --port.");
        }
    }

    private static void TakeOptions(CommandContext context)
    {
        context.TakeSetting(Host, "PREFECT_SERVER_API_HOST");
        context.TakeSetting(Port, "PREFECT_SERVER_API_PORT");
        context.TakeSetting(KeepAlive, "PREFECT_SERVER_API_KEEPALIVE_TIMEOUT");
        context.TakeSetting(LogLevel, "PREFECT_SERVER_LOGGING_LEVEL");
        Switch(context, Ui, NoUi, "PREFECT_SERVER_UI_ENABLED");
        Switch(context, Scheduler, NoScheduler, "PREFECT_SERVER_SERVICES_SCHEDULER_ENABLED");
        Switch(context, LateRuns, NoLateRuns, "PREFECT_SERVER_SERVICES_LATE_RUNS_ENABLED");
        if (context.Arguments.GetValueOrDefault("PREFECT_SERVER_LOGGING_LEVEL") is { } level) context.Arguments["PREFECT_SERVER_LOGGING_LEVEL"] = level.ToUpperInvariant();
    }

    private static void Switch(CommandContext context, Option<bool> on, Option<bool> off, string variable)
    {
        context.TakeSetting(on, variable);
        if (context.Get(off)) context.Arguments[variable] = "false";
    }

    private static async Task StartInBackgroundAsync(CommandContext context, CancellationToken cancel)
    {
        var settings = new ServerSettings(context.Settings);
        var pidFile = ServerPaths.ServerPid(context.Settings);
        if (pidFile.Read() is { } running)
            throw new CliException($"A server already runs in the background, process {running}. End it with: reeve server stop");
        if (settings.Api.Port == 0) throw new CliException("--port 0 and --background do not go together: nobody would learn the port.", ExitCode.Usage);
        var log = ServerPaths.ServerLog(context.Settings);
        using var process = BackgroundProcess.Start(Arguments(context), log);
        pidFile.Write(process.Id);
        var host = settings.Api.Host is "0.0.0.0" or "::" ? "127.0.0.1" : settings.Api.Host;
        var address = $"http://{host}:{settings.Api.Port}{settings.Api.BasePath}";
        using var http = new HttpClient();
        while (!await AnswersAsync(http, address, cancel))
        {
            if (process.HasExited)
            {
                pidFile.Delete();
                throw new CliException($"The server has ended at once; the reason is in {log}:\n{string.Join('\n', File.ReadLines(log).TakeLast(5))}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), context.Host.Clock, cancel);
        }

        context.Output.Line($"Reeve serves {address} in the background, process {process.Id}. Log: {log}");
        context.Output.Line("End it with: reeve server stop");
    }

    private static IEnumerable<string> Arguments(CommandContext context)
    {
        // The other process reads files and environment itself; only the command line must be handed on.
        if (context.Profile is { } profile) yield return $"--profile={profile}";
        yield return "server";
        yield return "start";
        if (context.Has(Host)) yield return $"--host={context.Get(Host)}";
        if (context.Has(Port)) yield return $"--port={context.Get(Port)}";
        if (context.Has(KeepAlive)) yield return $"--keep-alive-timeout={context.Get(KeepAlive)}";
        if (context.Has(LogLevel)) yield return $"--log-level={context.Get(LogLevel)}";
        foreach (var option in new[] { NoServices, NoUi, Ui, NoScheduler, Scheduler, NoLateRuns, LateRuns })
        {
            if (context.Get(option)) yield return option.Name;
        }
    }

    private static async Task<bool> AnswersAsync(HttpClient http, string address, CancellationToken cancel)
    {
        try
        {
            using var answer = await http.GetAsync(new Uri($"{address}/health"), cancel);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
