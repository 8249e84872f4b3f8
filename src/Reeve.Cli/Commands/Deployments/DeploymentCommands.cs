using System.CommandLine;

namespace Reeve.Cli.Commands.Deployments;

/// <summary>The group <c>deployment</c>.</summary>
internal static class DeploymentCommands
{
    public static Command Create(CliHost host) => new("deployment", "Run and manage deployments.")
    {
        DeploymentRun.Create(host),
        DeploymentLs.Create(host),
        DeploymentInspect.Create(host),
        DeploymentPause.Create(host, pause: true),
        DeploymentPause.Create(host, pause: false),
        DeploymentDelete.Create(host),
        new Command("schedule", "Schedules of a deployment.") { DeploymentScheduleLs.Create(host) },
    };
}
