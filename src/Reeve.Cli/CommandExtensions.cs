using System.CommandLine;

namespace Reeve.Cli;

/// <summary>Shorthand for describing commands.</summary>
internal static class CommandExtensions
{
    /// <summary>Sets what the command does; errors meant for people become one line and an exit code.</summary>
    public static Command Runs(this Command command, CliHost host, Func<CommandContext, CancellationToken, Task<int>> run)
    {
        command.SetAction(async (parsed, cancel) =>
        {
            using var context = new CommandContext(host, parsed);
            return await ErrorLines.GuardAsync(context, () => run(context, cancel));
        });
        return command;
    }

    /// <summary>As <see cref="Runs(Command, CliHost, Func{CommandContext, CancellationToken, Task{int}})"/>, for commands that succeed or throw.</summary>
    public static Command Runs(this Command command, CliHost host, Func<CommandContext, CancellationToken, Task> run) =>
        command.Runs(host, async (context, cancel) =>
        {
            await run(context, cancel);
            return ExitCode.Success;
        });

    public static Command Runs(this Command command, CliHost host, Action<CommandContext> run) =>
        command.Runs(host, (context, _) =>
        {
            run(context);
            return Task.FromResult(ExitCode.Success);
        });
}
