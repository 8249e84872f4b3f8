using System.Globalization;

namespace Reeve.Worker.Tests;

internal static class ProcessGroups
{
    /// <summary>True while a process of the group runs. One that has ended but was not yet collected by its parent does not count.</summary>
    public static bool IsRunning(int group)
    {
        foreach (var directory in Directory.EnumerateDirectories("/proc"))
        {
            if (!char.IsAsciiDigit(Path.GetFileName(directory)[0])) continue;
            try
            {
                var stat = File.ReadAllText(Path.Combine(directory, "stat"));
                var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
                if (fields[0] != "Z" && int.Parse(fields[2], CultureInfo.InvariantCulture) == group) return true;
            }
            catch (IOException)
            {
                // It ended while being looked at.
            }
        }

        return false;
    }
}
