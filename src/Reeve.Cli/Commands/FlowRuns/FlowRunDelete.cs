using System.CommandLine;

namespace Reeve.Cli.Commands.FlowRuns;

/// <summary><c>flow-run delete</c>.</summary>
internal static class FlowRunDelete
{
    private static readonly Argument<string> Id = FlowRunCommands.Id();
    private static readonly Option<bool> Yes = new("--yes", "-y", "--no-prompt") { Description = "Do not ask." };

    public static Command Create(CliHost host) => new Command("delete", "Delete a flow run and its logs.") { Id, Yes }.Runs(host, async (context, cancel) =>
    {
        var id = FlowRunCommands.Parse(context.Get(Id));
        context.Output.Confirm($"Delete flow run {id}?", context.Get(Yes));
        await context.Client.FlowRuns.DeleteAsync(id, cancel);
        context.Output.Line($"Deleted flow run {id}.");
    });
}
