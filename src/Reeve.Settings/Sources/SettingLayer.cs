namespace Reeve.Settings.Sources;

/// <summary>What one source holds, under the names that source uses.</summary>
internal sealed class SettingLayer
{
    private readonly Dictionary<string, (string Name, RawSetting Raw)> _values;

    public SettingLayer(SettingSourceKind kind, string? file = null, string? profile = null)
    {
        Kind = kind;
        File = file;
        Profile = profile;
        _values = new(KeyedByPath ? StringComparer.Ordinal : StringComparer.OrdinalIgnoreCase);
    }

    public SettingSourceKind Kind { get; }

    public string? File { get; }

    public string? Profile { get; }

    /// <summary>TOML files use dotted paths, everything else variables.</summary>
    public bool KeyedByPath => Kind is SettingSourceKind.PrefectToml or SettingSourceKind.PyprojectToml;

    public IEnumerable<string> Names => _values.Values.Select(value => value.Name);

    public void Add(string name, RawSetting raw) => _values.TryAdd(name, (name, raw));

    public RawSetting? Find(string name) => _values.TryGetValue(name, out var value) ? value.Raw : null;

    /// <summary>Every name under which this layer sets the setting, the one that counts first.</summary>
    public IEnumerable<(SettingSource Source, RawSetting Raw)> FindAll(SettingDefinition definition)
    {
        if (KeyedByPath)
        {
            if (definition.Path is not null && _values.TryGetValue(definition.Path, out var value))
                yield return (SourceOf(value.Name), value.Raw);
            yield break;
        }

        // A variable without a path is read by the process itself, so no file can set it.
        if (definition.Path is null && Kind > SettingSourceKind.Environment) yield break;
        if (Kind == SettingSourceKind.Argument && definition.Path is not null && _values.TryGetValue(definition.Path, out var argument))
            yield return (SourceOf(argument.Name), argument.Raw);
        if (_values.TryGetValue(definition.Variable, out var canonical)) yield return (SourceOf(canonical.Name), canonical.Raw);
        foreach (var alias in definition.Aliases)
        {
            if (_values.TryGetValue(alias, out var other)) yield return (SourceOf(other.Name), other.Raw);
        }
    }

    public SettingSource SourceOf(string name) => new(Kind, name, File, Profile);
}
