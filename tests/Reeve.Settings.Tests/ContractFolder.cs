namespace Reeve.Settings.Tests;

/// <summary>The facts about Prefect that stand beside the checkout, where they do.</summary>
internal static class ContractFolder
{
    /// <summary>The path of a file in it, or null, said in the test's output, where the folder does not exist.</summary>
    public static string? Find(string file)
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            var candidate = Path.Combine(directory.FullName, "shared", "contract", file);
            if (File.Exists(candidate)) return candidate;
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"shared/contract/{file} is not beside this checkout: nothing was compared.");
        return null;
    }
}
