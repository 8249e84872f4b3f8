using System.CommandLine;
using Reeve.Cli.Commands;
using Reeve.Cli.Commands.Automations;
using Reeve.Cli.Commands.Config;
using Reeve.Cli.Commands.DeadLetters;
using Reeve.Cli.Commands.Deployments;
using Reeve.Cli.Commands.FlowRuns;
using Reeve.Cli.Commands.Flows;
using Reeve.Cli.Commands.Profiles;
using Reeve.Cli.Commands.Quickstart;
using Reeve.Cli.Commands.Schedules;
using Reeve.Cli.Commands.Server;
using Reeve.Cli.Commands.Workers;
using Reeve.Cli.Commands.WorkPools;
using Reeve.Cli.Commands.WorkQueues;

namespace Reeve.Cli;

/// <summary>The command line as a whole. The names are Prefect's, so a link called <c>prefect</c> to this program does what people expect.</summary>
internal static class CommandLineProgram
{
    public static async Task<int> RunAsync(string[] args, CliHost host)
    {
        // The most frequent question costs nothing but the answer.
        if (args is ["--version" or "-v"]) args = ["version", "--short"];
        var parsed = CreateRoot(host).Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors) await host.Error.WriteLineAsync($"reeve: {Plain(error.Message)}");
            await host.Error.WriteLineAsync($"See: reeve {Path(parsed)}--help");
            return ExitCode.Usage;
        }

        return await parsed.InvokeAsync(new InvocationConfiguration { Output = host.Out, Error = host.Error, ProcessTerminationTimeout = null, EnableDefaultExceptionHandler = false });
    }

    private static RootCommand CreateRoot(CliHost host)
    {
        var root = new RootCommand("Reeve: a workflow orchestration server that speaks Prefect 3's API.")
        {
            QuickstartCommand.Create(host),
            ServerCommands.Create(host),
            WorkerStart.CreateGroup(host),
            WorkPoolCommands.Create(host),
            WorkQueueLs.CreateGroup(host),
            DeploymentCommands.Create(host),
            FlowRunCommands.Create(host),
            FlowLs.CreateGroup(host),
            AutomationCommands.Create(host),
            ConfigCommands.Create(host),
            DashboardOpen.CreateGroup(host),
            ProfileCommands.Create(host),
            DeadLetterCommands.Create(host),
            ScheduleNext.CreateGroup(host),
            DoctorCommand.Create(host),
            VersionCommand.Create(host),
        };
        // The built-in --version prints the assembly's version and would hide ours.
        foreach (var option in root.Options.Where(option => option is VersionOption).ToList()) root.Options.Remove(option);
        root.Options.Add(GlobalOptions.Json);
        root.Options.Add(GlobalOptions.Output);
        root.Options.Add(GlobalOptions.Profile);
        return root;
    }

    // The library names types of .NET where it cannot read a value.
    private static string Plain(string message)
    {
        var at = message.IndexOf(" as expected type '", StringComparison.Ordinal);
        if (at < 0) return message;
        var type = message[at..];
        return message[..at] + (type.Contains("Int", StringComparison.Ordinal) ? ": a whole number is expected."
            : type.Contains("Double", StringComparison.Ordinal) ? ": a number is expected."
            : type.Contains("Boolean", StringComparison.Ordinal) ? ": true or false is expected." : ".");
    }

    private static string Path(ParseResult parsed)
    {
        var names = new List<string>();
        for (var result = parsed.CommandResult; result?.Command is not (null or RootCommand); result = result.Parent as System.CommandLine.Parsing.CommandResult)
            names.Insert(0, result.Command.Name + " ");
        return string.Concat(names);
    }
}
