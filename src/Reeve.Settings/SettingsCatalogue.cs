using System.Text;

namespace Reeve.Settings;

/// <summary>Every setting Reeve knows. Adding one is adding a line to Catalogue.tsv.</summary>
public sealed class SettingsCatalogue
{
    private static readonly Lazy<SettingsCatalogue> Instance = new(Load);

    private readonly Dictionary<string, SettingDefinition> _byVariable = new(600, StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, SettingDefinition> _byPath = new(320, StringComparer.Ordinal);
    private readonly List<SettingDefinition> _families = [];

    private SettingsCatalogue(List<SettingDefinition> all)
    {
        All = all;
        foreach (var definition in all)
        {
            if (definition.IsFamily)
            {
                _families.Add(definition);
                continue;
            }

            _byVariable.Add(definition.Variable, definition);
            foreach (var alias in definition.Aliases) _byVariable.Add(alias, definition);
            if (definition.Path is not null) _byPath.Add(definition.Path, definition);
        }
    }

    /// <summary>The catalogue, read at first use.</summary>
    public static SettingsCatalogue Current => Instance.Value;

    /// <summary>All settings; the members of one group stand together.</summary>
    public IReadOnlyList<SettingDefinition> All { get; }

    /// <summary>Every variable name, canonical names and aliases.</summary>
    public IEnumerable<string> Names => _byVariable.Keys;

    /// <summary>The setting with this variable, alias or dotted path, or null.</summary>
    public SettingDefinition? Find(string name) => FindVariable(name) ?? FindPath(name);

    /// <summary>The setting with this variable or alias in any case, or null.</summary>
    public SettingDefinition? FindVariable(string name) => _byVariable.GetValueOrDefault(name);

    /// <summary>The setting with this dotted path, or null.</summary>
    public SettingDefinition? FindPath(string path) => _byPath.GetValueOrDefault(path);

    /// <summary>The family of variables this name belongs to, or null.</summary>
    public SettingDefinition? FindFamily(string name)
    {
        foreach (var family in _families)
        {
            if (name.AsSpan().StartsWith(family.Variable.AsSpan(0, family.Variable.Length - 1), StringComparison.OrdinalIgnoreCase))
                return family;
        }

        return null;
    }

    /// <summary>The known variable that looks most like <paramref name="name"/>, or null when none does.</summary>
    public string? Suggest(string name) => NearestName.Find(name.ToUpperInvariant(), _byVariable.Keys);

    /// <summary>The known dotted path that looks most like <paramref name="path"/>, or null when none does.</summary>
    public string? SuggestPath(string path) => NearestName.Find(path, _byPath.Keys);

    private static SettingsCatalogue Load()
    {
        using var stream = typeof(SettingsCatalogue).Assembly.GetManifestResourceStream("Reeve.Settings.Catalogue.tsv")
            ?? throw new InvalidOperationException("The settings catalogue is missing from the assembly.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        reader.ReadLine();
        var all = new List<SettingDefinition>(320);
        while (reader.ReadLine() is { } line)
        {
            var cells = line.Split('\t');
            var aliases = cells[2].Length == 0 ? [] : cells[2].Split(' ');
            all.Add(new SettingDefinition(cells[0], cells[1], aliases, cells[3], cells[4], cells[5], cells[6], cells[7]));
        }

        return new SettingsCatalogue(all);
    }
}
