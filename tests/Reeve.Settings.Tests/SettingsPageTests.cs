namespace Reeve.Settings.Tests;

public sealed class SettingsPageTests
{
    [Fact]
    public void The_settings_page_is_what_the_catalogue_says()
    {
        var path = FindPage();
        var expected = SettingsPage.Write();
        if (Environment.GetEnvironmentVariable("REEVE_WRITE_DOCS") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, expected);
        }

        Assert.True(File.Exists(path) && File.ReadAllText(path) == expected, "docs/settings.md is out of date: run this test with REEVE_WRITE_DOCS=1.");
    }

    private static string FindPage()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "Reeve.slnx"))) directory = directory.Parent;
        return Path.Combine(directory!.FullName, "docs", "settings.md");
    }
}
