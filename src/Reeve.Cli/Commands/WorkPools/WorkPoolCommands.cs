using System.CommandLine;

namespace Reeve.Cli.Commands.WorkPools;

/// <summary>The group <c>work-pool</c>.</summary>
internal static class WorkPoolCommands
{
    public static Command Create(CliHost host) => new("work-pool", "Manage work pools.")
    {
        WorkPoolCreateCommand.Create(host),
        WorkPoolLs.Create(host),
        WorkPoolInspect.Create(host),
        WorkPoolUpdateCommand.Create(host),
        WorkPoolPause.Create(host, pause: true),
        WorkPoolPause.Create(host, pause: false),
        WorkPoolDelete.Create(host),
    };

    public static Argument<string> Name() => new("name") { Description = "The pool's name." };
}
