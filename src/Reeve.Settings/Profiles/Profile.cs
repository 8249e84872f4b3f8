namespace Reeve.Settings.Profiles;

/// <summary>A named set of values in profiles.toml.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Values">Variable names and texts, in the order of the file.</param>
/// <param name="IsBuiltIn">Comes with Reeve and stands in no file.</param>
public sealed record Profile(string Name, IReadOnlyDictionary<string, string> Values, bool IsBuiltIn = false);
