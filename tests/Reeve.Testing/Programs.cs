using System.Diagnostics;

namespace Reeve.Testing;

/// <summary>Finds and runs the programs of the servers that tests bring up.</summary>
internal static class Programs
{
    /// <summary>The path of a program, from PATH or one of the further directories.</summary>
    /// <exception cref="InvalidOperationException">It is nowhere; the message says what to install.</exception>
    public static string Find(string program, string package, params IEnumerable<string> further)
    {
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        return path.Concat(further).Where(d => d.Length > 0).Select(d => Path.Combine(d, program)).FirstOrDefault(File.Exists)
            ?? throw new InvalidOperationException($"'{program}' was not found. Install it (Debian and Ubuntu: apt-get install {package}), or run ./test.sh as root, which does so.");
    }

    public static async Task RunAsync(IReadOnlyList<string> command)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1)) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{command[0]} could not be started.");
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{string.Join(' ', command)} ended with {process.ExitCode}:\n{await output}{await errors}");
    }
}
