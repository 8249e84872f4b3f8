namespace Reeve.Settings.Tests;

/// <summary>A working directory, a user directory and an environment of one's own.</summary>
internal sealed class SettingsSandbox : IDisposable
{
    public SettingsSandbox()
    {
        Root = Directory.CreateTempSubdirectory("reeve-settings-").FullName;
        Directory.CreateDirectory(Work);
        Directory.CreateDirectory(User);
    }

    public string Root { get; }

    public string Work => Path.Combine(Root, "work");

    public string User => Path.Combine(Root, "user");

    public string ProfilesPath => Path.Combine(User, ".prefect", "profiles.toml");

    public Dictionary<string, string> Environment { get; } = [];

    public Dictionary<string, string> Arguments { get; } = [];

    public SettingsSandbox With(string variable, string value)
    {
        Environment[variable] = value;
        return this;
    }

    public SettingsSandbox File(string name, string text)
    {
        System.IO.File.WriteAllText(Path.Combine(Work, name), text);
        return this;
    }

    public SettingsSandbox Profiles(string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(ProfilesPath)!);
        System.IO.File.WriteAllText(ProfilesPath, text);
        return this;
    }

    public ResolvedSettings Load(string? profile = null) => ResolvedSettings.LoadWithErrors(Input(profile));

    public SettingsInput Input(string? profile = null) => new()
    {
        Environment = Environment,
        WorkingDirectory = Work,
        UserDirectory = User,
        Arguments = Arguments,
        Profile = profile,
    };

    /// <summary>The settings with these variables and nothing else.</summary>
    public static ResolvedSettings Resolve(params (string Name, string Value)[] variables)
    {
        using var sandbox = new SettingsSandbox();
        foreach (var (name, value) in variables) sandbox.With(name, value);
        return sandbox.Load();
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
