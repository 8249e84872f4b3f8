using System.CommandLine;
using System.Globalization;

namespace Reeve.Cli.Commands.FlowRuns;

/// <summary>The group <c>flow-run</c>.</summary>
internal static class FlowRunCommands
{
    public static Command Create(CliHost host) => new("flow-run", "Look at flow runs, cancel and delete them.")
    {
        FlowRunLs.Create(host),
        FlowRunInspect.Create(host),
        FlowRunExplain.Create(host),
        FlowRunLogs.Create(host),
        FlowRunCancel.Create(host),
        FlowRunDelete.Create(host),
    };

    public static Argument<string> Id() => new("id") { Description = "The flow run's id." };

    public static Guid Parse(string text) => Guid.TryParse(text, CultureInfo.InvariantCulture, out var id)
        ? id
        : throw new CliException($"'{text}' is no id of a flow run. See: reeve flow-run ls", ExitCode.Usage);
}
