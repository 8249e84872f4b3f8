namespace Reeve.Settings;

/// <summary>One setting with its value and where that came from.</summary>
public sealed class ResolvedSetting
{
    internal ResolvedSetting(SettingDefinition definition, object? value, SettingSource source, IReadOnlyList<SettingSource> overruled)
    {
        Definition = definition;
        Value = value;
        Source = source;
        Overruled = overruled;
    }

    public SettingDefinition Definition { get; }

    /// <summary>The value; its type is described at <see cref="SettingKind"/>.</summary>
    public object? Value { get; }

    public SettingSource Source { get; }

    /// <summary>Weaker sources, or other names in the same source, that set it as well.</summary>
    public IReadOnlyList<SettingSource> Overruled { get; }

    public bool IsSet => Source.Kind != SettingSourceKind.Default;

    /// <summary>The value as one would write it in the environment, secrets in clear; null for null.</summary>
    public string? Text => Values.SettingText.Of(Value);

    /// <summary>The value as it may be shown; null for null.</summary>
    public string? MaskedText => Text is { } text ? Values.SecretMask.For(Definition, text) : null;

    public override string ToString() => $"{Definition.Variable}='{MaskedText}' (from {Source.Label})";

    internal ResolvedSetting With(object? value) => new(Definition, value, Source, Overruled);
}
