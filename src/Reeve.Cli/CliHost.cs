using Reeve.Settings;

namespace Reeve.Cli;

/// <summary>What a command sees of the process it runs in.</summary>
internal sealed class CliHost
{
    public required TextWriter Out { get; init; }

    public required TextWriter Error { get; init; }

    public required TextReader In { get; init; }

    public required TimeProvider Clock { get; init; }

    /// <summary>True when a person reads the output.</summary>
    public required bool IsTerminal { get; init; }

    /// <summary>True when a person sees what is written to the standard error.</summary>
    public bool IsErrorTerminal { get; init; }

    /// <summary>Whether the program was started by the name of <c>prefect</c>.</summary>
    public bool CalledPrefect { get; init; }

    /// <summary>Sources of the settings, given command line values and the profile's name.</summary>
    public required Func<IReadOnlyDictionary<string, string>, string?, SettingsInput> Sources { get; init; }

    /// <summary>Ends long-running commands; null listens to SIGINT and SIGTERM.</summary>
    public CancellationToken? Stop { get; init; }

    public static CliHost FromProcess(bool calledPrefect) => new()
    {
        Out = Console.Out,
        Error = Console.Error,
        In = Console.In,
        Clock = TimeProvider.System,
        IsTerminal = !Console.IsOutputRedirected,
        IsErrorTerminal = !Console.IsErrorRedirected,
        CalledPrefect = calledPrefect,
        Sources = SettingsInput.FromProcess,
    };
}
