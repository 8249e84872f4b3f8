using System.CommandLine;
using Reeve.Contract;
using Reeve.Contract.Deployments;
using Reeve.Contract.Flows;

namespace Reeve.Cli.Commands.Deployments;

/// <summary><c>deployment ls</c>.</summary>
internal static class DeploymentLs
{
    private const int PageSize = 200;

    public static Command Create(CliHost host) => new Command("ls", "List deployments.").Runs(host, RunAsync);

    private static async Task RunAsync(CommandContext context, CancellationToken cancel)
    {
        var deployments = new List<DeploymentResponse>();
        while (true)
        {
            var page = await context.Client.Deployments.FilterAsync(new DeploymentFilterRequest { Offset = deployments.Count, Limit = PageSize }, cancel);
            deployments.AddRange(page);
            if (page.Count < PageSize) break;
        }

        if (context.IsJson)
        {
            context.Output.Json(deployments, ReeveJson.TypeInfo<List<DeploymentResponse>>());
            return;
        }

        var flows = new Dictionary<Guid, string>();
        foreach (var ids in deployments.Select(deployment => deployment.FlowId).Distinct().Chunk(PageSize))
        {
            foreach (var flow in await context.Client.Flows.FilterAsync(new FlowFilterRequest { Flows = new FlowFilter { Id = new FlowFilterId { Any = [.. ids] } } }, cancel))
                flows[flow.Id] = flow.Name;
        }

        context.Output.Table(
            ["Name", "Schedules", "Pool", "Status", "Id"],
            [.. deployments.Select(deployment => new[]
            {
                $"{flows.GetValueOrDefault(deployment.FlowId, "?")}/{deployment.Name}",
                deployment.Schedules.Count == 0 ? "-" : string.Join("; ", deployment.Schedules.Select(schedule => ScheduleText.Of(schedule.Schedule))),
                deployment.WorkPoolName ?? "-",
                deployment.Paused ? "paused" : deployment.Status == DeploymentStatus.Ready ? "ready" : "no worker",
                deployment.Id.ToString(),
            })],
            "There are no deployments.");
    }
}
