using System.CommandLine;
using Reeve.Cli.Output;
using Reeve.Client;
using Reeve.Contract;
using Reeve.Contract.Automations;
using Reeve.Contract.Automations.Explanations;

namespace Reeve.Cli.Commands.Automations;

/// <summary><c>automation inspect</c>: an automation, or why it did or did not fire.</summary>
internal static class AutomationInspect
{
    private static readonly Argument<string> Name = AutomationName.Argument();
    private static readonly Option<bool> Explain = new("--explain") { Description = "Tell why it did or did not fire." };

    public static Command Create(CliHost host) => new Command("inspect", "Show one automation.") { Name, Explain }.Runs(host, RunAsync);

    private static async Task RunAsync(CommandContext context, CancellationToken cancel)
    {
        var automation = await AutomationName.ReadAsync(context, context.Get(Name), cancel);
        if (context.Get(Explain))
        {
            var explanation = await ExplainAsync(context, automation, cancel);
            if (context.IsJson) context.Output.Json(explanation, ReeveJson.TypeInfo<AutomationExplanation>());
            else ExplanationText.Print(context, explanation);
            return;
        }

        if (context.IsJson)
        {
            context.Output.Json(automation, ReeveJson.TypeInfo<Automation>());
            return;
        }

        context.Output.Details(
        [
            ("Name", automation.Name),
            ("Id", automation.Id.ToString()),
            ("Description", automation.Description),
            ("Status", automation.Enabled ? "enabled" : "paused"),
            ("Tags", string.Join(", ", automation.Tags)),
            ("Trigger", TriggerText.Of(automation.Trigger)),
            ("Actions", string.Join(", ", automation.Actions.Select(static action => action.Type))),
            ("When triggered", string.Join(", ", automation.ActionsOnTrigger.Select(static action => action.Type))),
            ("When resolved", string.Join(", ", automation.ActionsOnResolve.Select(static action => action.Type))),
            ("Created", TimeText.Instant(automation.Created)),
            ("Updated", TimeText.Instant(automation.Updated)),
        ]);
    }

    private static async Task<AutomationExplanation> ExplainAsync(CommandContext context, Automation automation, CancellationToken cancel)
    {
        try
        {
            return await context.Client.Automations.ExplainAsync(automation.Id, cancel);
        }
        catch (ApiNotFoundException)
        {
            throw new CliException("This server cannot explain automations; it is not Reeve's, or an older one. Leave --explain out.");
        }
    }
}
