namespace Reeve.Settings.Profiles;

/// <summary>The profiles that exist without a file.</summary>
internal static class BuiltInProfiles
{
    public const string Default = "ephemeral";

    public static IReadOnlyList<Profile> All { get; } =
    [
        new(Default, new Dictionary<string, string> { ["PREFECT_SERVER_EPHEMERAL_ENABLED"] = "true" }, IsBuiltIn: true),
        new("local", new Dictionary<string, string> { ["PREFECT_API_URL"] = "http://127.0.0.1:4200/api" }, IsBuiltIn: true),
        new(
            "test",
            new Dictionary<string, string>
            {
                ["PREFECT_SERVER_EPHEMERAL_ENABLED"] = "true",
                ["PREFECT_SERVER_DATABASE_CONNECTION_URL"] = "sqlite+aiosqlite:///:memory:",
            },
            IsBuiltIn: true),
        new("cloud", new Dictionary<string, string>(), IsBuiltIn: true),
    ];

    public static Profile? Find(string name) => All.FirstOrDefault(profile => profile.Name == name);
}
