using Reeve.Contract.FlowRuns;
using Reeve.Core.Orchestration;

namespace Reeve.Cli.Commands.FlowRuns;

/// <summary>Waits for the end of a flow run.</summary>
internal static class FlowRunWatch
{
    public static async Task<FlowRunResponse> UntilEndAsync(CommandContext context, FlowRunResponse run, int? seconds, CancellationToken cancel)
    {
        using var limit = seconds is { } given ? new CancellationTokenSource(TimeSpan.FromSeconds(given), context.Host.Clock) : new CancellationTokenSource();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, limit.Token);
        var last = "";
        try
        {
            while (run.StateType?.IsTerminal() != true)
            {
                if (run.StateName is { } name && name != last)
                {
                    context.Output.Remark($"Flow run '{run.Name}' is {name}.");
                    last = name;
                }

                await Task.Delay(TimeSpan.FromSeconds(1), context.Host.Clock, either.Token);
                run = await context.Client.FlowRuns.ReadAsync(run.Id, either.Token);
            }
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            throw new CliException($"Flow run '{run.Name}' has not ended within {seconds} s; it is {run.StateName}.");
        }

        return run;
    }
}
