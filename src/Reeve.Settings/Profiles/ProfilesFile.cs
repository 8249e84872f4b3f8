using Reeve.Settings.Sources;

namespace Reeve.Settings.Profiles;

/// <summary>What profiles.toml says.</summary>
public sealed class ProfilesFile
{
    private readonly Dictionary<string, Dictionary<string, object>> _tables = [];

    private ProfilesFile(string path, string text)
    {
        Path = path;
        Text = text;
        var root = TomlFile.ToTable(TomlFile.Parse(text, path));
        Active = root.GetValueOrDefault("active") as string;
        if (root.GetValueOrDefault("profiles") is not Dictionary<string, object> profiles) return;
        foreach (var (name, table) in profiles)
        {
            if (table is Dictionary<string, object> values) _tables[name] = values;
        }
    }

    /// <summary>Where it is, or will be once it is saved.</summary>
    public string Path { get; }

    /// <summary>The whole text; empty while the file does not exist.</summary>
    public string Text { get; }

    /// <summary>The name after <c>active =</c>, or null.</summary>
    public string? Active { get; }

    /// <summary>The profiles of the file in its order.</summary>
    public IReadOnlyList<Profile> Profiles =>
        [.. _tables.Select(table => new Profile(table.Key, table.Value.ToDictionary(value => value.Key, value => TomlFile.ToRaw(value.Value).Text)))];

    /// <summary>Reads the file; one that does not exist is empty.</summary>
    /// <exception cref="SettingsException">It is not TOML.</exception>
    public static ProfilesFile Load(string path) => new(path, File.Exists(path) ? File.ReadAllText(path) : "");

    /// <summary>Reads <paramref name="text"/> as if it stood in <paramref name="path"/>.</summary>
    /// <exception cref="SettingsException">It is not TOML.</exception>
    public static ProfilesFile Parse(string path, string text) => new(path, text);

    /// <summary>The profile of this name in the file, else the built-in one, else null.</summary>
    public Profile? Find(string name) => Profiles.FirstOrDefault(profile => profile.Name == name) ?? BuiltInProfiles.Find(name);

    /// <summary>Whether the file itself holds the profile.</summary>
    public bool Contains(string name) => _tables.ContainsKey(name);

    internal IReadOnlyDictionary<string, object> Values(string name) => _tables[name];

    /// <summary>Writes <see cref="Text"/> so that a reader sees the old file or the new one, never half.</summary>
    public void Save()
    {
        if (System.IO.Path.GetDirectoryName(Path) is { Length: > 0 } directory) Directory.CreateDirectory(directory);
        var temporary = Path + ".new";
        if (File.Exists(Path) && !OperatingSystem.IsWindows())
        {
            // It may hold credentials, so the new file must not be more readable than the old one.
            using (File.Create(temporary)) File.SetUnixFileMode(temporary, File.GetUnixFileMode(Path));
        }

        File.WriteAllText(temporary, Text);
        File.Move(temporary, Path, overwrite: true);
    }
}
