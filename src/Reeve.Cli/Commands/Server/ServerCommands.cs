using System.CommandLine;

namespace Reeve.Cli.Commands.Server;

/// <summary>The group <c>server</c>.</summary>
internal static class ServerCommands
{
    public static Command Create(CliHost host) => new("server", "Start, stop and tend a server.")
    {
        ServerStart.Create(host),
        ServerStop.Create(host),
        ServerStatus.Create(host),
        new Command("services", "Background services of the server.")
        {
            ServicesLs.Create(host, "ls"),
            ServicesLs.Create(host, "list"),
            ServicesLs.Create(host, "list-services"),
            ServicesStart.Create(host),
            ServicesStop.Create(host),
        },
        DatabaseCommands.Create(host),
        RetentionCommands.Create(host),
    };
}
