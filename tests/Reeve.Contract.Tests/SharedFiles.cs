namespace Reeve.Contract.Tests;

/// <summary>Finds the recorded contract beside the checkout; a checkout on its own has none and those tests say so and end.</summary>
internal static class SharedFiles
{
    public static string? Find(string relativePath)
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            var root = Path.Combine(directory.FullName, "shared");
            if (Directory.Exists(Path.Combine(root, "contract")))
                return Path.Combine(root, relativePath);
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"shared/{relativePath} is not here; nothing was compared.");
        return null;
    }
}
