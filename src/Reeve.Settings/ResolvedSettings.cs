using System.Diagnostics.CodeAnalysis;

namespace Reeve.Settings;

/// <summary>All settings of this process with their values.</summary>
public sealed class ResolvedSettings
{
    private readonly Dictionary<string, ResolvedSetting> _settings;

    internal ResolvedSettings(
        Dictionary<string, ResolvedSetting> settings, List<SettingError> errors, List<SettingNotice> notices, ActiveProfile profile)
    {
        _settings = settings;
        Errors = errors;
        Notices = notices;
        Profile = profile;
    }

    /// <summary>Values that cannot be used; such a setting holds its default. Empty in a healthy process.</summary>
    public IReadOnlyList<SettingError> Errors { get; }

    /// <summary>Conflicts, unknown names, settings without effect, older names.</summary>
    public IReadOnlyList<SettingNotice> Notices { get; }

    /// <summary>The profile in force.</summary>
    public ActiveProfile Profile { get; }

    /// <summary>Every setting, in the order of the catalogue.</summary>
    public IEnumerable<ResolvedSetting> All => _settings.Values;

    /// <summary>Resolves the settings of this process.</summary>
    /// <exception cref="SettingsException">A value cannot be used; the message has one line for each.</exception>
    public static ResolvedSettings Load(SettingsInput input)
    {
        var settings = SettingsLoader.Load(input);
        return settings.Errors.Count == 0 ? settings : throw new SettingsException(settings.Errors);
    }

    /// <summary>As <see cref="Load"/>, but errors are left in <see cref="Errors"/>, for <c>config validate</c> and <c>config view</c>.</summary>
    public static ResolvedSettings LoadWithErrors(SettingsInput input) => SettingsLoader.Load(input);

    /// <summary>The setting with this dotted path, variable or alias.</summary>
    /// <exception cref="KeyNotFoundException">There is no such setting.</exception>
    public ResolvedSetting this[string name] =>
        TryGet(name, out var setting) ? setting : throw new KeyNotFoundException($"There is no setting '{name}'.");

    /// <summary>Finds a setting by dotted path, variable or alias.</summary>
    public bool TryGet(string name, [NotNullWhen(true)] out ResolvedSetting? setting)
    {
        setting = null;
        return SettingsCatalogue.Current.Find(name) is { } definition && _settings.TryGetValue(definition.Variable, out setting);
    }

    /// <summary>Text that cannot be null.</summary>
    public string Text(string name) => (string?)this[name].Value ?? "";

    /// <summary>Text, or null when it is unset or empty: compose files set a variable to nothing when they mean unset.</summary>
    public string? OptionalText(string name) => this[name].Value is string { Length: > 0 } text ? text : null;

    public bool Bool(string name) => (bool)this[name].Value!;

    public bool? OptionalBool(string name) => (bool?)this[name].Value;

    public int Int(string name) => ClampToInt((long)this[name].Value!);

    public int? OptionalInt(string name) => this[name].Value is long number ? ClampToInt(number) : null;

    public double Float(string name) => (double)this[name].Value!;

    public double? OptionalFloat(string name) => (double?)this[name].Value;

    public TimeSpan Duration(string name) => (TimeSpan)this[name].Value!;

    /// <summary>A number of seconds as a duration.</summary>
    public TimeSpan Seconds(string name) => FromSeconds(Convert.ToDouble(this[name].Value, System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>A number of seconds as a duration, or null.</summary>
    public TimeSpan? OptionalSeconds(string name) => this[name].Value is null ? null : Seconds(name);

    public IReadOnlyList<string> List(string name) => (IReadOnlyList<string>?)this[name].Value ?? [];

    public T Value<T>(string name) => (T)this[name].Value!;

    private static int ClampToInt(long number) => (int)Math.Clamp(number, int.MinValue, int.MaxValue);

    private static TimeSpan FromSeconds(double seconds) =>
        TimeSpan.FromSeconds(Math.Clamp(seconds, -TimeSpan.MaxValue.TotalSeconds / 2, TimeSpan.MaxValue.TotalSeconds / 2));
}
