using System.Globalization;

namespace Reeve.Load;

internal static class ProcessCpu
{
    /// <summary>User and system time of a process, from /proc; the kernel counts in hundredths of a second.</summary>
    public static TimeSpan? Read(int? pid)
    {
        if (pid is null) return null;
        var stat = File.ReadAllText($"/proc/{pid}/stat");
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        var ticks = long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture);
        return TimeSpan.FromMilliseconds(ticks * 10);
    }
}
