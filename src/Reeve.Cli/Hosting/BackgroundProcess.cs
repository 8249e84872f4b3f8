using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Reeve.Cli.Hosting;

/// <summary>Starts this program again without a terminal, its output in a file; and ends it.</summary>
internal static partial class BackgroundProcess
{
    private const int Sigterm = 15;

    public static Process Start(IEnumerable<string> arguments, string logFile)
    {
        if (Path.GetDirectoryName(logFile) is { Length: > 0 } directory) Directory.CreateDirectory(directory);
        // The shell replaces itself twice over, so the id is that of the program.
        var start = new ProcessStartInfo("/bin/sh") { UseShellExecute = false };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add("log=$1; shift; exec setsid \"$@\" </dev/null >>\"$log\" 2>&1");
        start.ArgumentList.Add("reeve");
        start.ArgumentList.Add(logFile);
        start.ArgumentList.Add(Environment.ProcessPath!);
        // Run by the dotnet host the program itself is its first argument.
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet") start.ArgumentList.Add(Environment.GetCommandLineArgs()[0]);
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        return Process.Start(start)!;
    }

    /// <summary>Asks the process to end and waits; false when it has not ended in time.</summary>
    public static async Task<bool> StopAsync(int pid, TimeSpan limit, TimeProvider clock, CancellationToken cancel)
    {
        Process process;
        try
        {
            process = Process.GetProcessById(pid);
        }
        catch (ArgumentException)
        {
            return true;
        }

        using (process)
        {
            _ = kill(pid, Sigterm);
            var exited = process.WaitForExitAsync(cancel);
            return await Task.WhenAny(exited, Task.Delay(limit, clock, cancel)) == exited;
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int kill(int pid, int signal);
}
