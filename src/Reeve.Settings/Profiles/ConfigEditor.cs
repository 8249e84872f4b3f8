namespace Reeve.Settings.Profiles;

/// <summary>Changes settings in the active profile, checked against the catalogue. Throws <see cref="SettingsException"/> with all errors at once.</summary>
public static class ConfigEditor
{
    /// <summary>Sets <c>VAR=VAL</c> pairs. The canonical name is written, whatever name was given.</summary>
    public static ConfigChange Set(ResolvedSettings settings, ProfilesFile file, IEnumerable<string> assignments)
    {
        var errors = new List<SettingError>();
        var changes = new List<KeyValuePair<string, string?>>();
        var written = new List<KeyValuePair<string, string>>();
        var replaced = new List<string>();
        var remarks = new List<string>();
        var profile = settings.Profile.Name;
        foreach (var assignment in assignments)
        {
            var equals = assignment.IndexOf('=');
            if (equals < 0)
            {
                errors.Add(new SettingError(assignment, $"'{assignment}' is not accepted: VAR=VAL is expected."));
                continue;
            }

            var name = assignment[..equals];
            var text = assignment[(equals + 1)..];
            if (Find(name, errors) is not { } definition) continue;
            var source = new SettingSource(SettingSourceKind.Argument, name);
            if (SettingsLoader.Check(definition, text, source) is { } error)
            {
                errors.Add(error);
                continue;
            }

            changes.Add(new(name, text));
            written.Add(new(definition.Variable, text));
            replaced.AddRange(definition.Aliases);
            AddRemarks(settings, definition, remarks);
        }

        if (errors.Count > 0) throw new SettingsException(errors);
        if (file.Contains(profile)) file = ProfilesEditor.Unset(file, profile, replaced);
        return new ConfigChange(ProfilesEditor.Set(file, profile, written), profile, changes, remarks);
    }

    /// <summary>Removes settings, given by any of their names.</summary>
    public static ConfigChange Unset(ResolvedSettings settings, ProfilesFile file, IEnumerable<string> names)
    {
        var errors = new List<SettingError>();
        var changes = new List<KeyValuePair<string, string?>>();
        var removed = new List<string>();
        var remarks = new List<string>();
        var profile = settings.Profile.Name;
        var present = file.Find(profile)?.Values.Keys.ToHashSet(StringComparer.OrdinalIgnoreCase) ?? [];
        foreach (var name in names.Distinct())
        {
            if (Find(name, errors) is not { } definition) continue;
            var variables = definition.Aliases.Append(definition.Variable).Where(present.Contains).ToList();
            if (variables.Count == 0) errors.Add(new SettingError(name, $"{name} is not set in profile '{profile}'."));
            removed.AddRange(variables);
            changes.Add(new(name, null));
            AddRemarks(settings, definition, remarks);
        }

        if (errors.Count > 0) throw new SettingsException(errors);
        if (!file.Contains(profile)) file = ProfilesEditor.Set(file, profile, []);
        return new ConfigChange(ProfilesEditor.Unset(file, profile, removed), profile, changes, remarks);
    }

    /// <summary>Writes canonical names in place of older ones, as <c>config validate</c> does.</summary>
    public static ConfigChange ReplaceOldNames(ResolvedSettings settings, ProfilesFile file)
    {
        var profile = settings.Profile.Name;
        var changes = new List<KeyValuePair<string, string?>>();
        if (!file.Contains(profile)) return new ConfigChange(file, profile, changes, []);
        var values = file.Find(profile)!.Values;
        foreach (var (name, text) in values)
        {
            if (SettingsCatalogue.Current.FindVariable(name) is not { } definition || !definition.Aliases.Contains(name, StringComparer.OrdinalIgnoreCase)) continue;
            file = ProfilesEditor.Unset(file, profile, [name]);
            if (!values.ContainsKey(definition.Variable)) file = ProfilesEditor.Set(file, profile, [new(definition.Variable, text)]);
            changes.Add(new(name, null));
        }

        return new ConfigChange(file, profile, changes, []);
    }

    private static SettingDefinition? Find(string name, List<SettingError> errors)
    {
        var catalogue = SettingsCatalogue.Current;
        var definition = catalogue.Find(name);
        if (definition is null)
        {
            var suggestion = catalogue.Suggest(name) is { } near ? $" Did you mean {near}?" : "";
            errors.Add(new SettingError(name, $"{name} is not a setting.{suggestion}"));
        }
        else if (definition.Path is null or "home" or "profiles_path")
        {
            errors.Add(new SettingError(name, $"{name} cannot be set in a profile: it is read before one is chosen; use an environment variable."));
            return null;
        }

        return definition;
    }

    private static void AddRemarks(ResolvedSettings settings, SettingDefinition definition, List<string> remarks)
    {
        var source = settings[definition.Variable].Source;
        if (source.Kind < SettingSourceKind.Profile) remarks.Add($"{source.Name} is also set in {source}, which wins over the profile.");
        if (definition.NoEffectReason is { } reason) remarks.Add($"{definition.Variable} has no effect: {reason}.");
    }
}
