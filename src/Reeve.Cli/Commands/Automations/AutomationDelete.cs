using System.CommandLine;

namespace Reeve.Cli.Commands.Automations;

/// <summary><c>automation delete</c>.</summary>
internal static class AutomationDelete
{
    private static readonly Argument<string> Name = AutomationName.Argument();
    private static readonly Option<bool> Yes = new("--yes", "-y", "--no-prompt") { Description = "Do not ask." };

    public static Command Create(CliHost host) => new Command("delete", "Delete an automation.") { Name, Yes }.Runs(host, async (context, cancel) =>
    {
        var automation = await AutomationName.ReadAsync(context, context.Get(Name), cancel);
        context.Output.Confirm($"Delete automation '{automation.Name}'?", context.Get(Yes));
        await context.Client.Automations.DeleteAsync(automation.Id, cancel);
        context.Output.Line($"Deleted automation '{automation.Name}'.");
    });
}
