using System.CommandLine;

namespace Reeve.Cli.Commands.Automations;

/// <summary>The group <c>automation</c>.</summary>
internal static class AutomationCommands
{
    public static Command Create(CliHost host) => new("automation", "See, explain and manage automations.")
    {
        AutomationLs.Create(host),
        AutomationInspect.Create(host),
        AutomationPause.Create(host, pause: true),
        AutomationPause.Create(host, pause: false),
        AutomationDelete.Create(host),
    };
}
