using System.CommandLine;
using Reeve.Contract.WorkPools;

namespace Reeve.Cli.Commands.WorkPools;

/// <summary><c>work-pool pause</c> and <c>work-pool resume</c>.</summary>
internal static class WorkPoolPause
{
    private static readonly Argument<string> Name = WorkPoolCommands.Name();

    public static Command Create(CliHost host, bool pause) =>
        new Command(pause ? "pause" : "resume", pause ? "Let no further run of the pool start." : "Let runs of the pool start again.") { Name }.Runs(host, async (context, cancel) =>
        {
            await context.Client.WorkPools.UpdateAsync(context.Get(Name), new WorkPoolUpdate { IsPaused = (bool?)pause }, cancel);
            context.Output.Line($"Work pool '{context.Get(Name)}' is {(pause ? "paused" : "resumed")}.");
        });
}
