using System.ComponentModel;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Reeve.Testing;

/// <summary>Signals to the processes a test has started.</summary>
public static partial class ProcessSignal
{
    public const int Interrupt = 2;
    public const int Quit = 3;
    public const int Kill9 = 9;
    public const int Terminate = 15;
    public const int Continue = 18;
    public const int Stop = 19;

    private const int NoSuchProcess = 3;

    /// <summary>Sends one; a process that has just ended is none to complain about.</summary>
    public static void Send(int pid, int signal)
    {
        if (kill(pid, signal) == 0) return;
        var error = Marshal.GetLastPInvokeError();
        if (error != NoSuchProcess) throw new Win32Exception(error);
    }

    /// <summary>Whether a process is gone, or only waits for its parent to take notice of its end.</summary>
    public static bool HasEnded(int pid) => Stat($"/proc/{pid}") is not { } fields || fields[0] == "Z";

    /// <summary>The processes that a process has started itself.</summary>
    public static IReadOnlyList<int> ChildrenOf(int pid)
    {
        var children = new List<int>();
        foreach (var directory in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(directory), CultureInfo.InvariantCulture, out var child)) continue;
            if (Stat(directory) is { } fields && int.Parse(fields[1], CultureInfo.InvariantCulture) == pid) children.Add(child);
        }

        return children;
    }

    // pid (name) state ppid …; the name may hold anything, so the fields are counted from its end: state, parent.
    private static string[]? Stat(string directory)
    {
        try
        {
            var stat = File.ReadAllText($"{directory}/stat");
            return stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            // Ended between the listing and the look.
            return null;
        }
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int kill(int pid, int signal);
}
