namespace Reeve.Settings.Sources;

/// <summary>Collects the layers a process sees, strongest first, without the profile.</summary>
internal static class LayerReader
{
    public static List<SettingLayer> Read(SettingsInput input, List<SettingError> errors)
    {
        var layers = new List<SettingLayer>
        {
            FromDictionary(input.Arguments, SettingSourceKind.Argument, null),
            FromDictionary(input.Environment, SettingSourceKind.Environment, null),
        };
        var directory = input.WorkingDirectory;
        Try(errors, () => AddDotEnv(layers, Path.Combine(directory, ".env"), input.Environment));
        Try(errors, () => AddToml(layers, Path.Combine(directory, "prefect.toml"), SettingSourceKind.PrefectToml));
        Try(errors, () => AddToml(layers, Path.Combine(directory, "pyproject.toml"), SettingSourceKind.PyprojectToml));
        return layers;
    }

    /// <summary>Runs <paramref name="read"/> and turns an unreadable file into an error line.</summary>
    public static void Try(List<SettingError> errors, Action read)
    {
        try
        {
            read();
        }
        catch (SettingsException exception)
        {
            errors.AddRange(exception.Errors);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            errors.Add(new SettingError("", $"A settings file cannot be read: {exception.Message}"));
        }
    }

    private static SettingLayer FromDictionary(IReadOnlyDictionary<string, string> values, SettingSourceKind kind, string? file)
    {
        var layer = new SettingLayer(kind, file);
        foreach (var (name, value) in values) layer.Add(name, new RawSetting(value));
        return layer;
    }

    private static void AddDotEnv(List<SettingLayer> layers, string file, IReadOnlyDictionary<string, string> environment)
    {
        if (!File.Exists(file)) return;
        layers.Add(FromDictionary(DotEnvFile.Parse(File.ReadAllText(file), environment), SettingSourceKind.DotEnv, file));
    }

    private static void AddToml(List<SettingLayer> layers, string file, SettingSourceKind kind)
    {
        if (!File.Exists(file)) return;
        object? table = TomlFile.ToTable(TomlFile.Parse(File.ReadAllText(file), file));
        if (kind == SettingSourceKind.PyprojectToml)
        {
            table = (table as Dictionary<string, object>)?.GetValueOrDefault("tool");
            table = (table as Dictionary<string, object>)?.GetValueOrDefault("prefect");
        }

        if (table is not Dictionary<string, object> root) return;
        var layer = new SettingLayer(kind, file);
        Flatten(layer, "", root);
        layers.Add(layer);
    }

    private static void Flatten(SettingLayer layer, string prefix, Dictionary<string, object> table)
    {
        foreach (var (name, value) in table)
        {
            var path = prefix + name;
            // A table is a group of settings, unless a setting of that name holds a map.
            if (value is Dictionary<string, object> inner && SettingsCatalogue.Current.FindPath(path) is null)
                Flatten(layer, path + ".", inner);
            else
                layer.Add(path, TomlFile.ToRaw(value));
        }
    }
}
