using System.CommandLine;

namespace Reeve.Cli.Commands.Server;

/// <summary><c>server stop</c>: ends what <c>server start --background</c> has started.</summary>
internal static class ServerStop
{
    public static Command Create(CliHost host) => new Command("stop", "End the server that runs in the background.")
        .Runs(host, (context, cancel) => BackgroundStop.RunAsync(context, ServerPaths.ServerPid(context.Settings), "server", cancel));
}
