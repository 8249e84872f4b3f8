using System.Collections;

namespace Reeve.Settings;

/// <summary>Everything outside the files that decides how settings resolve.</summary>
public sealed class SettingsInput
{
    /// <summary>Environment variables.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>Directory of .env, prefect.toml and pyproject.toml.</summary>
    public required string WorkingDirectory { get; init; }

    /// <summary>What a leading ~ stands for.</summary>
    public required string UserDirectory { get; init; }

    /// <summary>Values by variable or dotted path that beat every other source, such as <c>--port</c>.</summary>
    public IReadOnlyDictionary<string, string> Arguments { get; init; } = new Dictionary<string, string>();

    /// <summary>Profile given on the command line; beats PREFECT_PROFILE.</summary>
    public string? Profile { get; init; }

    /// <summary>What this process sees.</summary>
    public static SettingsInput FromProcess(IReadOnlyDictionary<string, string>? arguments = null, string? profile = null)
    {
        var environment = new Dictionary<string, string>();
        foreach (DictionaryEntry entry in System.Environment.GetEnvironmentVariables())
            environment[(string)entry.Key] = (string?)entry.Value ?? "";
        var user = environment.GetValueOrDefault("HOME") is { Length: > 0 } home
            ? home
            : System.Environment.GetFolderPath(System.Environment.SpecialFolder.UserProfile);
        return new SettingsInput
        {
            Environment = environment,
            WorkingDirectory = Directory.GetCurrentDirectory(),
            UserDirectory = user,
            Arguments = arguments ?? new Dictionary<string, string>(),
            Profile = profile,
        };
    }
}
