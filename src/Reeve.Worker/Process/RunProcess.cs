using System.ComponentModel;
using System.Diagnostics;

namespace Reeve.Worker.Process;

/// <summary>
/// One process with everything it starts, in a session and process group of its own: a signal reaches all of it, and what the user types at the
/// worker's terminal reaches none of it.
/// </summary>
internal sealed class RunProcess : IDisposable
{
    /// <summary>How long output may go on after the process has ended, which happens when a child still holds it open.</summary>
    private static readonly TimeSpan DrainGrace = TimeSpan.FromSeconds(2);

    private readonly System.Diagnostics.Process _process;
    private readonly TimeProvider _clock;
    private readonly Task _output;

    private RunProcess(System.Diagnostics.Process process, TimeProvider clock, int longestLine, Action<string, bool> output)
    {
        _process = process;
        _clock = clock;
        Id = process.Id;
        _output = Task.WhenAll(
            LineReader.ReadAsync(process.StandardOutput.BaseStream, longestLine, line => output(line, false)),
            LineReader.ReadAsync(process.StandardError.BaseStream, longestLine, line => output(line, true)));
        Exited = WaitAsync();
    }

    /// <summary>The process id, which is also the id of its group.</summary>
    public int Id { get; }

    /// <summary>The exit code, once the whole group has ended and its output is read; 128 + n after signal n.</summary>
    public Task<int> Exited { get; }

    /// <param name="words">The program, found along the job's PATH, and its arguments.</param>
    /// <param name="directory">Where to run; must exist.</param>
    /// <param name="environment">Changes to the worker's own environment; null removes a variable.</param>
    /// <param name="clock">For the limits on waiting.</param>
    /// <param name="longestLine">Bytes after which a line is cut in pieces.</param>
    /// <param name="output">Called for each line; true for the standard error. Called from two threads.</param>
    /// <exception cref="WorkerException">The process cannot be started.</exception>
    public static RunProcess Start(
        IReadOnlyList<string> words, string directory, IReadOnlyDictionary<string, string?> environment, TimeProvider clock, int longestLine, Action<string, bool> output)
    {
        var start = new ProcessStartInfo("setsid")
        {
            UseShellExecute = false,
            WorkingDirectory = directory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var word in words) start.ArgumentList.Add(word);
        foreach (var (name, value) in environment)
        {
            if (value is null) start.Environment.Remove(name);
            else start.Environment[name] = value;
        }

        try
        {
            var process = System.Diagnostics.Process.Start(start)!;
            process.StandardInput.Close();
            return new RunProcess(process, clock, longestLine, output);
        }
        catch (Win32Exception error)
        {
            throw new WorkerException(Directory.Exists(directory)
                ? $"The process cannot be started: {error.Message}. The program setsid (package util-linux) must be on the PATH."
                : $"The working directory {directory} does not exist on the worker's machine.");
        }
    }

    /// <summary>Asks the whole group to end, and ends it when it has not after the grace.</summary>
    public async Task<int> StopAsync(TimeSpan grace)
    {
        ProcessSignals.Terminate(Id);
        if (await Task.WhenAny(Exited, Task.Delay(grace, _clock)) != Exited) ProcessSignals.Kill(Id);
        return await Exited;
    }

    public void Dispose() => _process.Dispose();

    private async Task<int> WaitAsync()
    {
        await _process.WaitForExitAsync();
        var code = _process.ExitCode;
        if (ProcessSignals.IsAlive(Id))
        {
            // Nothing a run has started outlives it.
            ProcessSignals.Terminate(Id);
            await Task.WhenAny(_output, Task.Delay(DrainGrace, _clock));
            if (ProcessSignals.IsAlive(Id)) ProcessSignals.Kill(Id);
        }

        await Task.WhenAny(_output, Task.Delay(DrainGrace, _clock));
        return code;
    }
}
