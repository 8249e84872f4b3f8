using Reeve.Cli.Hosting;

namespace Reeve.Cli.Commands.Server;

/// <summary>Ends a process in the background by its file.</summary>
internal static class BackgroundStop
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    public static async Task RunAsync(CommandContext context, PidFile file, string what, CancellationToken cancel)
    {
        if (file.Read() is not { } pid)
        {
            file.Delete();
            context.Output.Line($"No {what} runs in the background.");
            return;
        }

        if (!await BackgroundProcess.StopAsync(pid, Limit, context.Host.Clock, cancel))
            throw new CliException($"The {what}, process {pid}, has not ended within {Limit.TotalSeconds:0} s. Look at its log, or end it with: kill -9 {pid}");
        file.Delete();
        context.Output.Line($"The {what} has ended.");
    }
}
