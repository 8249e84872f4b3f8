namespace Reeve.Settings.Profiles;

/// <summary>What <c>config set</c>, <c>unset</c> or <c>validate</c> did to the active profile.</summary>
/// <param name="File">The changed file, not yet saved.</param>
/// <param name="Profile">The profile that was changed.</param>
/// <param name="Changes">The names as they were given, with the new text or null where it was removed.</param>
/// <param name="Remarks">What the user should know, such as an environment variable that wins; one line each.</param>
public sealed record ConfigChange(
    ProfilesFile File, string Profile, IReadOnlyList<KeyValuePair<string, string?>> Changes, IReadOnlyList<string> Remarks);
