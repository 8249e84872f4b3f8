using System.Globalization;

namespace Reeve.Server.Processes;

/// <summary>What is unsafe or does not fit together among the processes of one database; one sentence each, with the way out.</summary>
internal static class ProcessWarnings
{
    private const double MostSkew = 2;

    /// <param name="processes">All that are known.</param>
    /// <param name="wanted">The services that somebody has to run.</param>
    /// <param name="isSqlite">The database is a file.</param>
    public static List<string> Of(IReadOnlyList<ProcessRow> processes, IReadOnlyList<string> wanted, bool isSqlite)
    {
        var warnings = new List<string>();
        var living = processes.Where(static process => !process.IsSilent).ToList();
        foreach (var process in processes.Where(static process => process.IsSilent))
            warnings.Add($"{process.Name} has said nothing for {process.Age.TotalSeconds:0} s: it was killed, is held still, or does not reach the database.");
        warnings.AddRange(OfClocks(processes));
        if (isSqlite && living.Count > 1)
            warnings.Add($"{living.Count} processes share a SQLite file. That is safe on one machine and slow; on a network file system it destroys the file. Use PostgreSQL for more than one process.");
        AddDifferences(warnings, living);
        AddUnserved(warnings, living, wanted);
        foreach (var process in living.Where(IsOpen))
            warnings.Add($"The API of {process.Name} listens on all addresses and asks for no credentials. Set PREFECT_SERVER_API_AUTH_STRING, or listen on one address with --host.");
        return warnings;
    }

    /// <summary>Those of them that are about clocks.</summary>
    public static List<string> OfClocks(IReadOnlyList<ProcessRow> processes) =>
        [.. processes.Where(static process => !process.IsSilent && Math.Abs(process.ClockSkew) > MostSkew).Select(Skew)];

    private static string Skew(ProcessRow process)
    {
        var way = process.ClockSkew > 0 ? "before" : "behind";
        return string.Create(CultureInfo.InvariantCulture, $"The clock of {process.Name} is {Math.Abs(process.ClockSkew):0.0} s {way} the database's: runs start that much early or late. Synchronise it (NTP).");
    }

    private static void AddDifferences(List<string> warnings, List<ProcessRow> living)
    {
        AddDifference(warnings, "The version", living.Select(static process => (process, process.Info.Version)));
        foreach (var variable in living.SelectMany(static process => process.Info.Settings.Keys).Distinct().Order(StringComparer.Ordinal))
            AddDifference(warnings, variable, living.Where(process => process.Info.Settings.ContainsKey(variable)).Select(process => (process, process.Info.Settings[variable])));
    }

    private static void AddDifference(List<string> warnings, string what, IEnumerable<(ProcessRow Process, string Value)> values)
    {
        var groups = values.GroupBy(static pair => pair.Value, static pair => pair.Process.Name).ToList();
        if (groups.Count < 2) return;
        warnings.Add($"{what} differs: {string.Join("; ", groups.Select(static group => $"'{group.Key}' at {string.Join(", ", group)}"))}. Make it the same everywhere.");
    }

    private static void AddUnserved(List<string> warnings, List<ProcessRow> living, IReadOnlyList<string> wanted)
    {
        // Nobody has spoken yet, or the reader is the only one: then silence means nothing.
        if (living.Count == 0) return;
        var unserved = wanted.Except(living.SelectMany(static process => process.Info.Services)).ToList();
        if (unserved.Count > 0) warnings.Add($"No process runs {string.Join(", ", unserved)}. Start one that does: reeve server services start");
    }

    private static bool IsOpen(ProcessRow process) =>
        process.Info.Address is { } address && (address.Contains("//0.0.0.0:", StringComparison.Ordinal) || address.Contains("//:::", StringComparison.Ordinal))
        && process.Info.Settings.GetValueOrDefault("PREFECT_SERVER_API_AUTH_STRING", "(unset)") == "(unset)";
}
