using System.CommandLine;
using Reeve.Contract.States;
using Reeve.Core.Orchestration;

namespace Reeve.Cli.Commands.FlowRuns;

/// <summary><c>flow-run cancel</c>.</summary>
internal static class FlowRunCancel
{
    private static readonly Argument<string> Id = FlowRunCommands.Id();

    public static Command Create(CliHost host) => new Command("cancel", "Cancel a flow run; its worker ends the process.") { Id }.Runs(host, async (context, cancel) =>
    {
        var id = FlowRunCommands.Parse(context.Get(Id));
        var answer = await context.Client.FlowRuns.SetStateAsync(id, new StateCreate { Type = StateType.Cancelling, Name = "Cancelling" }, cancel: cancel);
        if (answer.Status is SetStateStatus.Accept || answer.State?.Type is StateType.Cancelled or StateType.Cancelling)
        {
            context.Output.Line($"Flow run {id} is {(answer.State?.Type == StateType.Cancelled ? "cancelled" : "being cancelled")}.");
            return;
        }

        var reason = answer.Details switch
        {
            StateAbortDetails abort => abort.Reason,
            StateRejectDetails reject => reject.Reason,
            _ => null,
        };
        throw new CliException($"Flow run {id} cannot be cancelled: {reason}");
    });
}
