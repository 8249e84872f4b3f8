using Reeve.Contract.FlowRuns;
using Reeve.Worker.Jobs;

namespace Reeve.Worker.Process;

/// <summary>The files of one run: its working directory, and its parameters where they are too large for the environment.</summary>
internal sealed class RunFiles : IDisposable
{
    private readonly string? _temporary;

    public RunFiles(FlowRun run, string? workingDirectory, Dictionary<string, string?> environment)
    {
        var large = !RunEnvironment.ParametersFit(run);
        if (workingDirectory is null || large) _temporary = Directory.CreateTempSubdirectory("reeve-run-").FullName;
        WorkingDirectory = workingDirectory ?? _temporary!;
        if (!large) return;
        var file = Path.Combine(_temporary!, "parameters.json");
        File.WriteAllBytes(file, run.Parameters.Utf8.Span);
        environment["REEVE_PARAMETERS_FILE"] = file;
    }

    public string WorkingDirectory { get; }

    public void Dispose()
    {
        if (_temporary is null) return;
        try
        {
            Directory.Delete(_temporary, recursive: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // A run may leave files it took the rights from; the system clears its temporary directory.
        }
    }
}
