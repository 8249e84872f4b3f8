using System.CommandLine;

namespace Reeve.Cli.Commands.Server;

/// <summary><c>server services stop</c>.</summary>
internal static class ServicesStop
{
    public static Command Create(CliHost host)
    {
        var command = new Command("stop", "End the services that run in the background.");
        command.Aliases.Add("disable");
        return command.Runs(host, (context, cancel) => BackgroundStop.RunAsync(context, ServerPaths.ServicesPid(context.Settings), "services process", cancel));
    }
}
