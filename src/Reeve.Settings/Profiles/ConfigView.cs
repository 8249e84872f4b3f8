using Reeve.Settings.Values;

namespace Reeve.Settings.Profiles;

/// <summary>What <c>config view</c> shows.</summary>
public static class ConfigView
{
    /// <summary>The settings that are set, or all of them, by name. Secrets are masked unless asked for.</summary>
    public static IReadOnlyList<ConfigViewEntry> Of(ResolvedSettings settings, bool showDefaults = false, bool showSecrets = false) =>
        [.. settings.All
            .Where(setting => (setting.IsSet || showDefaults) && setting.Definition.Path is not null)
            .OrderBy(setting => setting.Definition.Variable, StringComparer.Ordinal)
            .Select(setting => new ConfigViewEntry(
                setting.Definition.Variable,
                showSecrets ? setting.Text : setting.Text is { } text ? SecretMask.For(setting.Definition, text) : null,
                setting.Source))];
}
