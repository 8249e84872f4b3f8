namespace Reeve.Settings;

/// <summary>Where one value came from.</summary>
/// <param name="Kind">Which of the sources.</param>
/// <param name="Name">The variable or dotted key under which it was found there.</param>
/// <param name="File">The file, or null where there is none.</param>
/// <param name="Profile">The profile's name, or null for other sources.</param>
public sealed record SettingSource(SettingSourceKind Kind, string Name, string? File = null, string? Profile = null)
{
    /// <summary>The short label that <c>config view</c> shows.</summary>
    public string Label => Kind switch
    {
        SettingSourceKind.Argument => "argument",
        SettingSourceKind.Environment => "env",
        SettingSourceKind.DotEnv => ".env file",
        SettingSourceKind.PrefectToml => "prefect.toml",
        SettingSourceKind.PyprojectToml => "pyproject.toml",
        SettingSourceKind.Profile => "profile",
        _ => "defaults",
    };

    /// <summary>For a sentence: <c>environment</c>, <c>.env file /srv/.env</c>, <c>profile 'local' in /root/.prefect/profiles.toml</c>.</summary>
    public override string ToString() => Kind switch
    {
        SettingSourceKind.Argument => "command line",
        SettingSourceKind.Environment => "environment",
        SettingSourceKind.Profile when File is null => $"built-in profile '{Profile}'",
        SettingSourceKind.Profile => $"profile '{Profile}' in {File}",
        SettingSourceKind.Default => "default",
        _ => File ?? Label,
    };
}
