using System.CommandLine;
using Reeve.Contract;
using Reeve.Contract.Deployments;

namespace Reeve.Cli.Commands.Deployments;

/// <summary><c>deployment schedule ls</c>.</summary>
internal static class DeploymentScheduleLs
{
    private static readonly Argument<string> Name = DeploymentName.Argument();

    public static Command Create(CliHost host) => new Command("ls", "List the schedules of a deployment.") { Name }.Runs(host, async (context, cancel) =>
    {
        var deployment = await DeploymentName.ReadAsync(context, context.Get(Name), cancel);
        var schedules = await context.Client.Deployments.ReadSchedulesAsync(deployment.Id, cancel);
        if (context.IsJson)
        {
            context.Output.Json(schedules, ReeveJson.TypeInfo<List<DeploymentSchedule>>());
            return;
        }

        context.Output.Table(
            ["Id", "Schedule", "Active", "Slug"],
            [.. schedules.Select(schedule => new[] { schedule.Id.ToString(), ScheduleText.Of(schedule.Schedule), schedule.Active ? "yes" : "no", schedule.Slug ?? "-" })],
            $"Deployment '{context.Get(Name)}' has no schedules.");
    });
}
