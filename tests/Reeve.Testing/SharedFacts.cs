namespace Reeve.Testing;

/// <summary>The recorded facts about Prefect, which lie beside the checkout on the machines that check against them.</summary>
public static class SharedFacts
{
    /// <summary>The full path of a file or folder of the facts, such as <c>contract/database.json</c>; null where the facts are not.</summary>
    public static string? Find(string relative)
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            var shared = Path.Combine(directory.FullName, "shared");
            if (Directory.Exists(Path.Combine(shared, "contract")))
                return Path.Combine(shared, relative);
        }

        return null;
    }
}
