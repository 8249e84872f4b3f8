using System.CommandLine;
using Reeve.Contract;
using Reeve.Contract.Deployments;

namespace Reeve.Cli.Commands.Deployments;

/// <summary><c>deployment inspect</c>: the deployment as JSON, which is the only form that shows all of it.</summary>
internal static class DeploymentInspect
{
    private static readonly Argument<string> Name = DeploymentName.Argument();

    public static Command Create(CliHost host) => new Command("inspect", "Print one deployment as JSON.") { Name }.Runs(host, async (context, cancel) =>
        context.Output.Json(await DeploymentName.ReadAsync(context, context.Get(Name), cancel), ReeveJson.TypeInfo<DeploymentResponse>()));
}
