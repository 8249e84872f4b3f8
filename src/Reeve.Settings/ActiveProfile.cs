namespace Reeve.Settings;

/// <summary>The profile in force.</summary>
/// <param name="Name">Its name.</param>
/// <param name="File">The file it stands in, or null for a built-in one.</param>
public sealed record ActiveProfile(string Name, string? File);
