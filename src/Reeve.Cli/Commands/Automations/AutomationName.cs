using System.CommandLine;
using System.Globalization;
using Reeve.Client;
using Reeve.Contract.Automations;

namespace Reeve.Cli.Commands.Automations;

/// <summary>How an automation is named on the command line. Names need not be unique.</summary>
internal static class AutomationName
{
    public static Argument<string> Argument() => new("automation") { Description = "The automation's name or id." };

    public static async Task<Automation> ReadAsync(CommandContext context, string name, CancellationToken cancel)
    {
        if (Guid.TryParse(name, CultureInfo.InvariantCulture, out var id))
        {
            try
            {
                return await context.Client.Automations.ReadAsync(id, cancel);
            }
            catch (ApiNotFoundException)
            {
                throw new CliException($"There is no automation {id}. See: reeve automation ls");
            }
        }
        var named = await context.Client.Automations.FilterAsync(
            new AutomationFilterRequest { Automations = new AutomationFilter { Name = new AutomationFilterName { Any = [name] } } }, cancel);
        return named switch
        {
            [var one] => one,
            [] => throw new CliException($"There is no automation '{name}'. See: reeve automation ls"),
            _ => throw new CliException(
                $"{named.Count} automations are named '{name}'; give the id: {string.Join(", ", named.Select(static one => one.Id))}", ExitCode.Usage),
        };
    }
}
