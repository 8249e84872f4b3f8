using System.CommandLine;

namespace Reeve.Cli.Commands.Deployments;

/// <summary><c>deployment delete</c>.</summary>
internal static class DeploymentDelete
{
    private static readonly Argument<string> Name = DeploymentName.Argument();
    private static readonly Option<bool> Yes = new("--yes", "-y", "--no-prompt") { Description = "Do not ask." };

    public static Command Create(CliHost host) => new Command("delete", "Delete a deployment and its scheduled runs.") { Name, Yes }.Runs(host, async (context, cancel) =>
    {
        var deployment = await DeploymentName.ReadAsync(context, context.Get(Name), cancel);
        context.Output.Confirm($"Delete deployment '{context.Get(Name)}'?", context.Get(Yes));
        await context.Client.Deployments.DeleteAsync(deployment.Id, cancel);
        context.Output.Line($"Deleted deployment '{context.Get(Name)}'.");
    });
}
