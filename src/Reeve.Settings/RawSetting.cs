namespace Reeve.Settings;

/// <summary>A value as a source holds it. Arrays and tables of TOML arrive as JSON text.</summary>
/// <param name="Text">The text.</param>
/// <param name="IsNumber">A number in TOML: where text needs a unit, a number counts seconds.</param>
internal readonly record struct RawSetting(string Text, bool IsNumber = false);
