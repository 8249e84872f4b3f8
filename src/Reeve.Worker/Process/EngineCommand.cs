namespace Reeve.Worker.Process;

/// <summary>How Prefect's engine is started where a deployment names no command.</summary>
internal static class EngineCommand
{
    /// <summary>The job's Python with the engine's module: <c>python</c>, or <c>python3</c> where only that is on the PATH.</summary>
    public static List<string> For(IReadOnlyDictionary<string, string?> environment)
    {
        var path = environment.GetValueOrDefault("PATH") ?? Environment.GetEnvironmentVariable("PATH") ?? "";
        var python = IsOn(path, "python") || !IsOn(path, "python3") ? "python" : "python3";
        return [python, "-m", "prefect.engine"];
    }

    private static bool IsOn(string path, string program) =>
        path.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Any(directory => File.Exists(Path.Combine(directory, program)));
}
