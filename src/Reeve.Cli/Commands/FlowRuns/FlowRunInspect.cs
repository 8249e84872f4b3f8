using System.CommandLine;
using Reeve.Cli.Output;
using Reeve.Contract;
using Reeve.Contract.FlowRuns;

namespace Reeve.Cli.Commands.FlowRuns;

/// <summary><c>flow-run inspect</c>.</summary>
internal static class FlowRunInspect
{
    private static readonly Argument<string> Id = FlowRunCommands.Id();

    public static Command Create(CliHost host) => new Command("inspect", "Show one flow run.") { Id }.Runs(host, async (context, cancel) =>
    {
        var run = await context.Client.FlowRuns.ReadAsync(FlowRunCommands.Parse(context.Get(Id)), cancel);
        if (context.IsJson)
        {
            context.Output.Json(run, ReeveJson.TypeInfo<FlowRunResponse>());
            return;
        }

        context.Output.Details(
        [
            ("Name", run.Name),
            ("Id", run.Id.ToString()),
            ("State", run.StateName),
            ("Message", run.State?.Message),
            ("Expected", TimeText.Instant(run.ExpectedStartTime)),
            ("Started", TimeText.Instant(run.StartTime)),
            ("Ended", TimeText.Instant(run.EndTime)),
            ("Run time", TimeText.Span(run.TotalRunTime)),
            ("Deployment", run.DeploymentId?.ToString()),
            ("Pool", run.WorkPoolName),
            ("Queue", run.WorkQueueName),
            ("Infrastructure", run.InfrastructurePid),
            ("Tags", string.Join(", ", run.Tags)),
            ("Parameters", run.Parameters.ToString()),
        ]);
    });
}
