using System.CommandLine;

namespace Reeve.Cli.Commands.Automations;

/// <summary><c>automation pause</c> and <c>automation resume</c>.</summary>
internal static class AutomationPause
{
    private static readonly Argument<string> Name = AutomationName.Argument();

    public static Command Create(CliHost host, bool pause) =>
        new Command(pause ? "pause" : "resume", pause ? "Have an automation no longer evaluated." : "Have an automation evaluated again.") { Name }.Runs(host, async (context, cancel) =>
        {
            var automation = await AutomationName.ReadAsync(context, context.Get(Name), cancel);
            await context.Client.Automations.SetEnabledAsync(automation.Id, !pause, cancel);
            context.Output.Line($"Automation '{automation.Name}' is {(pause ? "paused" : "resumed")}.");
        });
}
