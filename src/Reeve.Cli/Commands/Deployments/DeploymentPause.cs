using System.CommandLine;

namespace Reeve.Cli.Commands.Deployments;

/// <summary><c>deployment pause</c> and <c>deployment resume</c>.</summary>
internal static class DeploymentPause
{
    private static readonly Argument<string> Name = DeploymentName.Argument();

    public static Command Create(CliHost host, bool pause) =>
        new Command(pause ? "pause" : "resume", pause ? "Schedule no further runs." : "Schedule runs again.") { Name }.Runs(host, async (context, cancel) =>
        {
            var deployment = await DeploymentName.ReadAsync(context, context.Get(Name), cancel);
            if (pause) await context.Client.Deployments.PauseAsync(deployment.Id, cancel);
            else await context.Client.Deployments.ResumeAsync(deployment.Id, cancel);
            context.Output.Line($"Deployment '{context.Get(Name)}' is {(pause ? "paused" : "resumed")}.");
        });
}
