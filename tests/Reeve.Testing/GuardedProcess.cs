using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Reeve.Testing;

/// <summary>
/// A server process that cannot outlive the tests: a small shell holds a pipe from this process, and when the pipe
/// closes, however this process ended, it stops the server and removes the server's directory.
/// </summary>
internal sealed class GuardedProcess : IDisposable
{
    // $1: signal that stops the server, $2: its directory, then the server's command.
    private const string Guard =
        """
        signal=$1 dir=$2; shift 2
        "$@" >"$dir/log" 2>&1 &
        server=$!
        while read -r _; do
          wait $server
          "$@" >>"$dir/log" 2>&1 &
          server=$!
        done
        kill -"$signal" $server 2>/dev/null
        kill -CONT $server 2>/dev/null
        wait $server
        rm -rf "$dir"
        """;

    private readonly Process guard;
    private readonly string directory;

    private GuardedProcess(Process guard, string directory)
    {
        this.guard = guard;
        this.directory = directory;
    }

    public static GuardedProcess Start(string directory, string stopSignal, IEnumerable<string> command)
    {
        // A session of its own, so that a signal to the test's process group leaves the guard to do its work.
        var start = new ProcessStartInfo("setsid") { UseShellExecute = false, RedirectStandardInput = true };
        foreach (var argument in (string[])["sh", "-c", Guard, "guard", stopSignal, directory, .. command])
            start.ArgumentList.Add(argument);
        var process = Process.Start(start) ?? throw new InvalidOperationException("setsid could not be started.");
        return new GuardedProcess(process, directory);
    }

    /// <summary>Kills the server and waits for its end; the directory stays.</summary>
    public async Task KillAsync()
    {
        foreach (var server in ProcessSignal.ChildrenOf(guard.Id))
        {
            ProcessSignal.Send(server, ProcessSignal.Kill9);
            await Eventually.TrueAsync("kill of a server", $"process {server}", () => Task.FromResult(ProcessSignal.HasEnded(server)), "ended");
        }
    }

    /// <summary>Holds the server still, so that it neither answers nor refuses.</summary>
    public void Pause() => Signal(ProcessSignal.Stop);

    /// <summary>Lets it go on.</summary>
    public void Continue() => Signal(ProcessSignal.Continue);

    /// <summary>Starts the server again, once it has ended.</summary>
    public void Again()
    {
        guard.StandardInput.WriteLine("again");
        guard.StandardInput.Flush();
    }

    /// <summary>Waits until <paramref name="ready"/> says yes; an exception of it counts as no.</summary>
    public async Task ReadyAsync(string name, Func<Task<bool>> ready)
    {
        try
        {
            await Eventually.GetAsync(
                "start of a server", name, async () => !guard.HasExited && await Quietly(ready), up => up, "ready", TimeSpan.FromSeconds(60));
        }
        catch (TimeoutException error)
        {
            var log = Path.Combine(directory, "log");
            throw new InvalidOperationException($"{error.Message}\nIts log:\n{(File.Exists(log) ? await File.ReadAllTextAsync(log) : "(none)")}", error);
        }
    }

    /// <summary>A TCP port that was free a moment ago.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public void Dispose()
    {
        guard.StandardInput.Close();
        guard.WaitForExit();
        guard.Dispose();
    }

    /// <summary>
    /// Stops the server when this process exits. Its end is not waited for any longer than a moment: the guard sees to it, and the runner of the tests takes a
    /// process that does not exit within ten seconds for one that failed, which is soon on a busy machine.
    /// </summary>
    public void StopAtExit() => AppDomain.CurrentDomain.ProcessExit += (_, _) =>
    {
        guard.StandardInput.Close();
        guard.WaitForExit(TimeSpan.FromSeconds(3));
    };

    private void Signal(int signal)
    {
        foreach (var server in ProcessSignal.ChildrenOf(guard.Id)) ProcessSignal.Send(server, signal);
    }

    private static async Task<bool> Quietly(Func<Task<bool>> ready)
    {
        try
        {
            return await ready();
        }
        catch (Exception error) when (error is SocketException or System.Data.Common.DbException or IOException)
        {
            return false;
        }
    }
}
