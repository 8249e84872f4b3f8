using System.Globalization;

namespace Reeve.Load;

internal static class ProcessCpu
{
    /// <summary>User and system time of a process, from /proc; the kernel counts in hundredths of a second.</summary>
    public static TimeSpan? Read(int? pid) => pid is { } process && Fields(process) is { } fields ? Ticks(fields, 2) : null;

    /// <summary>The same of several processes together; null for none.</summary>
    public static TimeSpan? Read(IReadOnlyList<int> pids) => pids.Count == 0 ? null : pids.Aggregate(TimeSpan.Zero, static (sum, pid) => sum + (Read(pid) ?? TimeSpan.Zero));

    /// <summary>The same of a process, its children and those it had: a PostgreSQL server with all its sessions.</summary>
    public static TimeSpan? ReadTree(int? pid)
    {
        if (pid is not { } parent || Fields(parent) is not { } own) return null;
        var used = Ticks(own, 4);
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(folder), out var process) || Fields(process) is not { } fields) continue;
            if (int.Parse(fields[1], CultureInfo.InvariantCulture) == parent) used += Ticks(fields, 2);
        }
        return used;
    }

    /// <summary>User, system, and those of the children that have ended, in that order.</summary>
    private static TimeSpan Ticks(string[] fields, int count) =>
        TimeSpan.FromMilliseconds(10 * fields.Skip(11).Take(count).Sum(static field => long.Parse(field, CultureInfo.InvariantCulture)));

    private static string[]? Fields(int pid)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{pid}/stat");
            return stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            // It ended between two looks.
            return null;
        }
    }
}
