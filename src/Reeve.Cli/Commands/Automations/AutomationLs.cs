using System.CommandLine;
using Reeve.Contract;
using Reeve.Contract.Automations;

namespace Reeve.Cli.Commands.Automations;

/// <summary><c>automation ls</c>.</summary>
internal static class AutomationLs
{
    private const int PageSize = 200;

    public static Command Create(CliHost host) => new Command("ls", "List automations.").Runs(host, RunAsync);

    private static async Task RunAsync(CommandContext context, CancellationToken cancel)
    {
        var automations = new List<Automation>();
        while (true)
        {
            var page = await context.Client.Automations.FilterAsync(new AutomationFilterRequest { Offset = automations.Count, Limit = PageSize }, cancel);
            automations.AddRange(page);
            if (page.Count < PageSize) break;
        }

        if (context.IsJson)
        {
            context.Output.Json(automations, ReeveJson.TypeInfo<List<Automation>>());
            return;
        }

        context.Output.Table(
            ["Name", "Status", "Trigger", "Actions", "Id"],
            [.. automations.Select(static automation => new[]
            {
                automation.Name,
                automation.Enabled ? "enabled" : "paused",
                TriggerText.Of(automation.Trigger),
                Actions(automation) is { Length: > 0 } actions ? actions : "-",
                automation.Id.ToString(),
            })],
            "There are no automations.");
    }

    private static string Actions(Automation automation) =>
        string.Join(", ", automation.Actions.Concat(automation.ActionsOnTrigger).Concat(automation.ActionsOnResolve).Select(static action => action.Type));
}
