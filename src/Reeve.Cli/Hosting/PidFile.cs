using System.Diagnostics;
using System.Globalization;

namespace Reeve.Cli.Hosting;

/// <summary>Remembers which process runs in the background.</summary>
internal sealed class PidFile(string path)
{
    public string FilePath => path;

    /// <summary>The process, if the file names one that still runs.</summary>
    public int? Read()
    {
        if (!File.Exists(path) || !int.TryParse(File.ReadAllText(path).Trim(), CultureInfo.InvariantCulture, out var pid)) return null;
        try
        {
            using var process = Process.GetProcessById(pid);
            return process.HasExited || !IsOurs(pid) ? null : pid;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    public void Write(int pid)
    {
        if (Path.GetDirectoryName(path) is { Length: > 0 } directory) Directory.CreateDirectory(directory);
        File.WriteAllText(path, pid.ToString(CultureInfo.InvariantCulture));
    }

    public void Delete() => File.Delete(path);

    // Ids are used again; after a restart of the machine the number may be anybody's.
    private static bool IsOurs(int pid)
    {
        var commandLine = $"/proc/{pid}/cmdline";
        if (!File.Exists(commandLine)) return true;
        var text = File.ReadAllText(commandLine);
        return text.Contains("server", StringComparison.Ordinal) && text.Contains("start", StringComparison.Ordinal);
    }
}
