using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using Reeve.Testing;

namespace Reeve.EndToEnd.Tests;

/// <summary>The program, running: its lines as they come, signals, its end.</summary>
internal sealed partial class ReeveProcess : IDisposable
{
    public const int Interrupt = 2;
    public const int Kill9 = 9;
    public const int Terminate = 15;
    public const int Stop = 19;
    public const int Continue = 18;

    private readonly Process _process;
    private readonly Observed<(bool IsError, string Line)> _lines;

    private ReeveProcess(Process process, string name)
    {
        _process = process;
        _lines = new Observed<(bool IsError, string Line)>(name);
        process.OutputDataReceived += (_, e) => Take(false, e.Data);
        process.ErrorDataReceived += (_, e) => Take(true, e.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    public static ReeveProcess Start(string program, IReadOnlyList<string> args, IReadOnlyDictionary<string, string> environment, string directory)
    {
        var start = new ProcessStartInfo(program, args)
        {
            UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = directory,
        };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("PREFECT_", StringComparison.Ordinal)).ToList()) start.Environment.Remove(name);
        foreach (var (name, value) in environment) start.Environment[name] = value;
        start.Environment["NO_COLOR"] = "1";
        var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} could not be started.");
        process.StandardInput.Close();
        return new ReeveProcess(process, $"{Path.GetFileName(program)} {string.Join(' ', args)}");
    }

    /// <summary>Waits for a line, past or future, that holds the text.</summary>
    public async Task<string> PrintsAsync(string text)
    {
        var seen = await _lines.FirstAsync(line => line.Line.Contains(text, StringComparison.Ordinal), "output of a command", $"a line with '{text}'", TimeSpan.FromSeconds(90));
        return seen.Line;
    }

    /// <summary>What it printed so far.</summary>
    public string Text(bool isError) => string.Concat(_lines.Items.Where(line => line.IsError == isError).Select(line => line.Line + "\n"));

    public void Signal(int signal)
    {
        if (kill(_process.Id, signal) != 0) throw new Win32Exception(Marshal.GetLastPInvokeError());
    }

    /// <summary>Waits for the end; the exit code.</summary>
    public async Task<int> EndAsync()
    {
        await Eventually.WithinAsync(_process.WaitForExitAsync(), "end of a command", $"process {_process.Id}", "it to end", TimeSpan.FromSeconds(90));
        return _process.ExitCode;
    }

    /// <summary>Sends a signal and waits for the end; the exit code.</summary>
    public Task<int> EndAsync(int signal)
    {
        Signal(signal);
        return EndAsync();
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
    }

    private void Take(bool isError, string? line)
    {
        if (line is not null) _lines.Add((isError, line));
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int kill(int pid, int signal);
}
