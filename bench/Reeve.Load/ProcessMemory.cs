using System.Globalization;

namespace Reeve.Load;

internal static class ProcessMemory
{
    /// <summary>Memory that a process holds, in MiB, from /proc: now, or the most so far.</summary>
    public static int Read(int pid, bool most = false)
    {
        var name = most ? "VmHWM:" : "VmRSS:";
        var line = File.ReadLines($"/proc/{pid}/status").First(line => line.StartsWith(name, StringComparison.Ordinal));
        return int.Parse(line[name.Length..].Replace("kB", "", StringComparison.Ordinal).Trim(), CultureInfo.InvariantCulture) / 1024;
    }
}
