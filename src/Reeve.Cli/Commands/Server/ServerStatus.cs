using System.CommandLine;
using System.Text.Json;
using Reeve.Client;

namespace Reeve.Cli.Commands.Server;

/// <summary><c>server status</c>: whether the API answers.</summary>
internal static class ServerStatus
{
    private static readonly Option<bool> Wait = new("--wait") { Description = "Wait until the server is healthy." };
    private static readonly Option<int> Timeout = new("--timeout", "-t") { Description = "Seconds to wait at most; 0 is no limit.", DefaultValueFactory = _ => 0 };

    public static Command Create(CliHost host) => new Command("status", "Tell whether the server answers (exit code 0 when it is healthy), which processes there are, and what does not fit together.") { Wait, Timeout }.Runs(host, RunAsync);

    private static async Task<int> RunAsync(CommandContext context, CancellationToken cancel)
    {
        using var limit = context.Get(Timeout) > 0
            ? new CancellationTokenSource(TimeSpan.FromSeconds(context.Get(Timeout)), context.Host.Clock)
            : new CancellationTokenSource();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, limit.Token);
        while (true)
        {
            string problem;
            try
            {
                if (await context.Client.Server.HealthAsync(either.Token))
                {
                    using var processes = await ServerProcesses.ReadAsync(context, either.Token);
                    Print(context, true, await VersionAsync(context, either.Token), null, processes);
                    return ExitCode.Success;
                }

                problem = "The server says it is not healthy.";
            }
            catch (ApiException error)
            {
                problem = error.Message;
            }
            catch (OperationCanceledException) when (limit.IsCancellationRequested)
            {
                problem = $"No answer within {context.Get(Timeout)} s.";
            }

            if (!context.Get(Wait) || either.IsCancellationRequested)
            {
                Print(context, false, null, problem, null);
                return ExitCode.Unreachable;
            }

            await Task.WhenAny(Task.Delay(TimeSpan.FromSeconds(1), context.Host.Clock, either.Token));
        }
    }

    /// <summary>The version is a courtesy: a proxy may let nobody but health checks through.</summary>
    private static async Task<string> VersionAsync(CommandContext context, CancellationToken cancel)
    {
        try
        {
            return await context.Client.Server.VersionAsync(cancel);
        }
        catch (ApiException)
        {
            return "unknown";
        }
    }

    private static void Print(CommandContext context, bool healthy, string? version, string? problem, JsonDocument? processes)
    {
        var url = context.Client.ApiUrl.ToString().TrimEnd('/');
        var pid = ServerPaths.ServerPid(context.Settings).Read();
        if (context.IsJson)
        {
            context.Output.Json(writer =>
            {
                writer.WriteStartObject();
                writer.WriteString("status", healthy ? "available" : "unavailable");
                writer.WriteString("api_url", url);
                writer.WriteString("version", version);
                if (pid is { } id) writer.WriteNumber("background_pid", id);
                else writer.WriteNull("background_pid");
                writer.WriteString("error", problem);
                foreach (var part in processes?.RootElement.EnumerateObject().ToList() ?? []) part.WriteTo(writer);
                writer.WriteEndObject();
            });
            return;
        }

        if (healthy) context.Output.Line($"The server at {url} is healthy (version {version}{(pid is null ? "" : $", background process {pid}")}).");
        else context.Output.Remark($"reeve: {problem}");
        if (processes is not null) ServerProcesses.Print(context, processes.RootElement);
    }
}
