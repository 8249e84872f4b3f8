using Reeve.Settings.Profiles;
using Reeve.Settings.Sources;
using Reeve.Settings.Values;

namespace Reeve.Settings;

/// <summary>Resolves every setting from its sources.</summary>
internal static class SettingsLoader
{
    private static readonly string[] TestModeVariables =
        ["PREFECT_TEST_MODE", "PREFECT_UNIT_TEST_MODE", "PREFECT_TESTING_UNIT_TEST_MODE", "PREFECT_TESTING_TEST_MODE"];

    public static ResolvedSettings Load(SettingsInput input)
    {
        var errors = new List<SettingError>();
        var notices = new List<SettingNotice>();
        var layers = LayerReader.Read(input, errors);
        var paths = new PathContext(input.UserDirectory, "");
        var home = FindPath(layers, paths, "home") ?? paths.Expand("~/.prefect");
        paths = paths with { Home = home };
        var profile = AddProfile(input, layers, paths, errors, notices);

        var settings = new Dictionary<string, ResolvedSetting>();
        foreach (var definition in SettingsCatalogue.Current.All)
        {
            if (!definition.IsFamily) settings.Add(definition.Variable, Resolve(definition, layers, paths, errors, notices));
        }

        DerivedSettings.Apply(settings, errors, notices);
        NoticeWriter.AddUnknown(layers, notices);
        return new ResolvedSettings(settings, errors, notices, profile);
    }

    /// <summary>Reads one text as <paramref name="definition"/> demands; null when it is accepted, else the error.</summary>
    public static SettingError? Check(SettingDefinition definition, string text, SettingSource source)
    {
        var accepted = SettingParser.TryParse(definition, new RawSetting(text), new PathContext("~", "~/.prefect"), out _, out var expected);
        return accepted ? null : Refuse(definition, text, source, expected);
    }

    private static ResolvedSetting Resolve(
        SettingDefinition definition, List<SettingLayer> layers, PathContext paths, List<SettingError> errors, List<SettingNotice> notices)
    {
        var found = layers.SelectMany(layer => layer.FindAll(definition)).ToList();
        if (found.Count == 0) return Default(definition, paths);
        var (source, raw) = found[0];
        NoticeWriter.AddAboutSource(definition, found, notices);
        if (SettingParser.TryParse(definition, raw, paths, out var value, out var expected))
            return new ResolvedSetting(definition, value, source, [.. found.Skip(1).Select(other => other.Source)]);
        errors.Add(Refuse(definition, raw.Text, source, expected));
        return Default(definition, paths);
    }

    private static ResolvedSetting Default(SettingDefinition definition, PathContext paths)
    {
        object? value = null;
        if (definition.DefaultText is { } text
            && !SettingParser.TryParse(definition, new RawSetting(text), paths, out value, out var expected))
        {
            throw new InvalidOperationException($"The default '{text}' of {definition} is not {expected}.");
        }

        return new ResolvedSetting(definition, value, new SettingSource(SettingSourceKind.Default, definition.Variable), []);
    }

    private static SettingError Refuse(SettingDefinition definition, string text, SettingSource source, string expected)
    {
        var hint = text.StartsWith("tcp://", StringComparison.Ordinal) && definition.Kind == SettingKind.Int
            ? " Kubernetes sets this variable for a service of that name; set enableServiceLinks: false in the pod."
            : "";
        var shown = SecretMask.For(definition, text).ReplaceLineEndings(" ");
        return new SettingError(definition.Variable, $"{source.Name}='{shown}' ({source}) is not accepted: {expected} is expected.{hint}");
    }

    private static string? FindPath(List<SettingLayer> layers, PathContext paths, string name)
    {
        var definition = SettingsCatalogue.Current.FindPath(name)!;
        foreach (var layer in layers)
        {
            foreach (var (_, raw) in layer.FindAll(definition))
            {
                if (raw.Text.Length > 0) return paths.Expand(raw.Text);
            }
        }

        return null;
    }

    private static ActiveProfile AddProfile(
        SettingsInput input, List<SettingLayer> layers, PathContext paths, List<SettingError> errors, List<SettingNotice> notices)
    {
        var builtIn = BuiltInProfiles.Find(BuiltInProfiles.Default)!;
        if (TestModeVariables.Any(name => layers[1].Find(name) is { Text.Length: > 0 })) return new ActiveProfile(builtIn.Name, null);

        var path = FindPath(layers, paths, "profiles_path") ?? Path.Combine(paths.Home, "profiles.toml");
        ProfilesFile? file = null;
        LayerReader.Try(errors, () => file = ProfilesFile.Load(path));
        if (file is null) return new ActiveProfile(builtIn.Name, null);

        var wanted = input.Profile ?? (layers[1].Find("PREFECT_PROFILE") is { Text.Length: > 0 } variable ? variable.Text : file.Active);
        var profile = file.Find(wanted ?? builtIn.Name);
        if (profile is null)
        {
            var message = $"Profile '{wanted}' is not in {path}; the built-in profile '{builtIn.Name}' is used.";
            if (input.Profile is null) notices.Add(new SettingNotice(SettingNoticeKind.Warning, "PREFECT_PROFILE", message));
            else errors.Add(new SettingError("PREFECT_PROFILE", $"Profile '{wanted}' is not in {path}."));
            profile = builtIn;
        }

        var layer = new SettingLayer(SettingSourceKind.Profile, profile.IsBuiltIn ? null : path, profile.Name);
        if (profile.IsBuiltIn)
            foreach (var (name, text) in profile.Values) layer.Add(name, new RawSetting(text));
        else
            foreach (var (name, value) in file.Values(profile.Name)) layer.Add(name, TomlFile.ToRaw(value));
        layers.Add(layer);
        return new ActiveProfile(profile.Name, layer.File);
    }
}
