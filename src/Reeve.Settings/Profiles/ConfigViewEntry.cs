namespace Reeve.Settings.Profiles;

/// <summary>One line of <c>config view</c>.</summary>
/// <param name="Name">The canonical variable.</param>
/// <param name="Value">The value as one would write it in the environment; null for none.</param>
/// <param name="Source">Where it came from; <see cref="SettingSource.Label"/> is the short form.</param>
public sealed record ConfigViewEntry(string Name, string? Value, SettingSource Source);
