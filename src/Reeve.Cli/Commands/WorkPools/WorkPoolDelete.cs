using System.CommandLine;

namespace Reeve.Cli.Commands.WorkPools;

/// <summary><c>work-pool delete</c>.</summary>
internal static class WorkPoolDelete
{
    private static readonly Argument<string> Name = WorkPoolCommands.Name();
    private static readonly Option<bool> Yes = new("--yes", "-y", "--no-prompt") { Description = "Do not ask." };

    public static Command Create(CliHost host) => new Command("delete", "Delete a work pool with its queues.") { Name, Yes }.Runs(host, async (context, cancel) =>
    {
        context.Output.Confirm($"Delete work pool '{context.Get(Name)}' with its queues?", context.Get(Yes));
        await context.Client.WorkPools.DeleteAsync(context.Get(Name), cancel);
        context.Output.Line($"Deleted work pool '{context.Get(Name)}'.");
    });
}
