using System.Runtime.InteropServices;

namespace Reeve.Worker.Process;

/// <summary>Signals to process groups.</summary>
internal static partial class ProcessSignals
{
    private const int Sigkill = 9;
    private const int Sigterm = 15;

    public static void Terminate(int group) => Send(group, Sigterm);

    public static void Kill(int group) => Send(group, Sigkill);

    /// <summary>True while any process of the group lives.</summary>
    public static bool IsAlive(int group) => kill(-group, 0) == 0;

    /// <summary>The name of the signal behind an exit code above 128, or null.</summary>
    public static string? NameOf(int exitCode) => (exitCode - 128) switch
    {
        1 => "SIGHUP",
        2 => "SIGINT",
        3 => "SIGQUIT",
        4 => "SIGILL",
        6 => "SIGABRT",
        7 => "SIGBUS",
        8 => "SIGFPE",
        9 => "SIGKILL",
        11 => "SIGSEGV",
        13 => "SIGPIPE",
        15 => "SIGTERM",
        _ => null,
    };

    private static void Send(int group, int signal)
    {
        // In the instant between its start and its own session there is the process, but not yet the group.
        if (kill(-group, signal) != 0) _ = kill(group, signal);
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int kill(int pid, int signal);
}
