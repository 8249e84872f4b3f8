using Reeve.Settings;

namespace Reeve.Cli.Tests;

/// <summary>Runs commands as a user without a terminal would, in a home of their own.</summary>
internal sealed class Cli : IDisposable
{
    private readonly string _home = Directory.CreateTempSubdirectory("reeve-cli-").FullName;

    public Dictionary<string, string> Environment { get; } = [];

    public string Home => _home;

    public string Input { get; set; } = "";

    public CancellationToken? Stop { get; set; }

    public TimeProvider Clock { get; set; } = TimeProvider.System;

    public bool IsErrorTerminal { get; set; }

    /// <summary>As by the link of that name.</summary>
    public bool CalledPrefect { get; set; }

    public Task<CliResult> RunAsync(params string[] args) => RunAsync(TextWriter.Null, args);

    /// <param name="copy">Sees the standard output while the command runs.</param>
    /// <param name="args">The command line.</param>
    public async Task<CliResult> RunAsync(TextWriter copy, string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await CommandLineProgram.RunAsync(args, new CliHost
        {
            Out = copy == TextWriter.Null ? output : copy,
            Error = error,
            In = new StringReader(Input),
            Clock = Clock,
            IsTerminal = false,
            IsErrorTerminal = IsErrorTerminal,
            Stop = Stop,
            CalledPrefect = CalledPrefect,
            Sources = (arguments, profile) => new SettingsInput
            {
                Environment = new Dictionary<string, string>(Environment) { ["PREFECT_HOME"] = _home },
                WorkingDirectory = _home,
                UserDirectory = _home,
                Arguments = arguments,
                Profile = profile,
            },
        });
        return new CliResult(code, output.ToString(), error.ToString());
    }

    public void Dispose() => Directory.Delete(_home, recursive: true);
}
