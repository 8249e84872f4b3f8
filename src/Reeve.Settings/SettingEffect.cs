namespace Reeve.Settings;

/// <summary>Whether setting something changes anything.</summary>
public enum SettingEffect
{
    /// <summary>Reeve acts on the value.</summary>
    Used,

    /// <summary>The value is checked and shown, nothing more; <see cref="SettingDefinition.NoEffectReason"/> says why.</summary>
    Accepted,
}
