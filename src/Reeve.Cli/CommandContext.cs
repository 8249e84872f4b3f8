using System.CommandLine;
using Reeve.Cli.Hosting;
using Reeve.Cli.Output;
using Reeve.Client;
using Reeve.Settings;

namespace Reeve.Cli;

/// <summary>One run of a command: what was asked, where to print, and the settings and the client once something wants them.</summary>
internal sealed class CommandContext : IDisposable
{
    private readonly ParseResult _parsed;
    private ResolvedSettings? _settings;
    private ReeveClient? _client;
    private CliOutput? _output;

    public CommandContext(CliHost host, ParseResult parsed)
    {
        Host = host;
        _parsed = parsed;
        IsJson = parsed.GetValue(GlobalOptions.Json) || parsed.GetValue(GlobalOptions.Output) == "json";
    }

    public CliHost Host { get; }

    public bool IsJson { get; }

    public CliOutput Output => _output ??= new CliOutput(Host, IsJson, () => Settings);

    /// <summary>Values of options that count as settings, stronger than any other source.</summary>
    public Dictionary<string, string> Arguments { get; } = [];

    /// <summary>The profile named on the command line.</summary>
    public string? Profile => _parsed.GetValue(GlobalOptions.Profile);

    /// <exception cref="SettingsException">A setting cannot be used.</exception>
    public ResolvedSettings Settings => _settings ??= ResolvedSettings.Load(Host.Sources(Arguments, Profile));

    public ReeveClient Client => _client ??= ClientFactory.Create(Settings, Host.Clock, waitForServer: false);

    public T? Get<T>(Option<T> option) => _parsed.GetValue(option);

    /// <summary>The value; the default of <typeparamref name="T"/> for one that may be left out and was. Others are asked for before a command runs.</summary>
    public T Get<T>(Argument<T> argument) => _parsed.GetValue(argument)!;

    public bool Has(Option option) => _parsed.GetResult(option) is { Implicit: false };

    /// <summary>Takes an option as a setting, when it was given.</summary>
    public void TakeSetting<T>(Option<T> option, string variable)
    {
        if (!Has(option)) return;
        var value = Get(option);
        Arguments[variable] = value is bool flag ? (flag ? "true" : "false") : Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture) ?? "";
    }

    public void Dispose() => _client?.Dispose();
}
