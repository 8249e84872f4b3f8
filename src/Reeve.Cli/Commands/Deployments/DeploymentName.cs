using System.CommandLine;
using System.Globalization;
using Reeve.Contract.Deployments;

namespace Reeve.Cli.Commands.Deployments;

/// <summary>How a deployment is named on the command line.</summary>
internal static class DeploymentName
{
    public static Argument<string> Argument() => new("deployment") { Description = "FLOW/DEPLOYMENT, or the deployment's id." };

    public static Task<DeploymentResponse> ReadAsync(CommandContext context, string name, CancellationToken cancel)
    {
        if (Guid.TryParse(name, CultureInfo.InvariantCulture, out var id)) return context.Client.Deployments.ReadAsync(id, cancel);
        var parts = name.Split('/');
        if (parts.Length != 2) throw new CliException($"'{name}' is no deployment; write FLOW/DEPLOYMENT or an id. See: reeve deployment ls", ExitCode.Usage);
        return ReadByNameAsync(context, parts[0], parts[1], cancel);
    }

    private static async Task<DeploymentResponse> ReadByNameAsync(CommandContext context, string flow, string deployment, CancellationToken cancel)
    {
        try
        {
            return await context.Client.Deployments.ReadByNameAsync(flow, deployment, cancel);
        }
        catch (Client.ApiNotFoundException)
        {
            throw new CliException($"There is no deployment '{flow}/{deployment}'. See: reeve deployment ls");
        }
    }
}
