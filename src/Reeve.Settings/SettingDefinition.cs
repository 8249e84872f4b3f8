namespace Reeve.Settings;

/// <summary>What is known about one setting before anybody has set it: one line of the catalogue.</summary>
public sealed class SettingDefinition
{
    internal SettingDefinition(
        string path, string variable, string[] aliases, string type, string defaultText, string limits, string effect, string description)
    {
        Path = path == "-" ? null : path;
        Variable = variable;
        Aliases = aliases;
        TypeText = type;
        IsOptional = type.EndsWith('?');
        var name = IsOptional ? type.AsSpan(0, type.Length - 1) : type;
        var bracket = name.IndexOf('(');
        if (bracket >= 0)
        {
            Options = name[(bracket + 1)..^1].ToString().Split('|');
            name = name[..bracket];
        }

        Kind = KindOf(name);
        DerivedDefault = defaultText.StartsWith('=') ? defaultText[1..] : null;
        DefaultText = DerivedDefault is not null || defaultText.Length == 0 ? null : defaultText == "\"\"" ? "" : defaultText;
        Limits = limits;
        NoEffectReason = effect == "used" ? null : effect;
        Description = description;
    }

    /// <summary>Dotted key in TOML files, or null for a variable that is read from the environment only.</summary>
    public string? Path { get; }

    /// <summary>The canonical variable. Ends with * where it stands for a family of variables.</summary>
    public string Variable { get; }

    /// <summary>Older names, tried after <see cref="Variable"/> in this order.</summary>
    public IReadOnlyList<string> Aliases { get; }

    public SettingKind Kind { get; }

    /// <summary>The type as the catalogue writes it, for people.</summary>
    public string TypeText { get; }

    /// <summary>The value may be null.</summary>
    public bool IsOptional { get; }

    /// <summary>Allowed words of an <see cref="SettingKind.Enum"/> or <see cref="SettingKind.SetOrBool"/>.</summary>
    public IReadOnlyList<string> Options { get; } = [];

    /// <summary>The default as one would write it in the environment, or null where it is null or derived.</summary>
    public string? DefaultText { get; }

    /// <summary>How the default follows from other settings, or null where it does not.</summary>
    public string? DerivedDefault { get; }

    /// <summary>Limits separated by spaces: <c>&gt;0</c>, <c>&gt;=30</c>, <c>&lt;=3600</c>, <c>len&gt;=1</c>, <c>&gt;PT1H</c>; empty for none.</summary>
    public string Limits { get; }

    /// <summary>Why the setting is accepted without doing anything, or null where Reeve acts on it.</summary>
    public string? NoEffectReason { get; }

    public SettingEffect Effect => NoEffectReason is null ? SettingEffect.Used : SettingEffect.Accepted;

    public string Description { get; }

    public bool IsSecret => Kind == SettingKind.Secret;

    internal bool IsFamily => Variable.EndsWith('*');

    /// <summary>Whether the setting stands in the tree of <c>/api/admin/settings</c>.</summary>
    internal bool IsInTree =>
        Path is not null && !Path.StartsWith("redis.", StringComparison.Ordinal) && !Path.StartsWith("reeve.", StringComparison.Ordinal);

    public override string ToString() => Variable;

    private static SettingKind KindOf(ReadOnlySpan<char> name) => name switch
    {
        "string" => SettingKind.Text,
        "secret" => SettingKind.Secret,
        "bool" => SettingKind.Bool,
        "flag" => SettingKind.Flag,
        "int" => SettingKind.Int,
        "float" => SettingKind.Float,
        "path" => SettingKind.Path,
        "enum" => SettingKind.Enum,
        "duration" => SettingKind.Duration,
        "seconds-or-duration" => SettingKind.SecondsOrDuration,
        "whole-seconds" => SettingKind.WholeSeconds,
        "list" => SettingKind.List,
        "set" => SettingKind.Set,
        "int-set" => SettingKind.IntSet,
        "set-or-bool" => SettingKind.SetOrBool,
        "numbers" => SettingKind.Numbers,
        "map" => SettingKind.Map,
        "duration-map" => SettingKind.DurationMap,
        "uuid" => SettingKind.Guid,
        "any" => SettingKind.Any,
        _ => throw new InvalidOperationException($"The settings catalogue names the unknown type '{name}'."),
    };
}
