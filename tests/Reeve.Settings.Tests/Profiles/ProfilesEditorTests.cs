using Reeve.Settings.Profiles;

namespace Reeve.Settings.Tests.Profiles;

public sealed class ProfilesEditorTests
{
    private const string Text = """
        # Où suis-je
        active = "a" # the one

        [profiles.a]
        PREFECT_API_URL = "http://é/api" # trailing
        # own line
        PREFECT_API_KEY = 'k'

        # about b
        [profiles."b c"]
        PREFECT_SERVER_API_PORT = 1

        [other]
        keep = true
        """;

    private static readonly ProfilesFile File = ProfilesFile.Parse("/p/profiles.toml", Text);

    [Fact]
    public void Profiles_are_read_in_the_order_of_the_file()
    {
        Assert.Equal("a", File.Active);
        Assert.Equal(["a", "b c"], File.Profiles.Select(profile => profile.Name));
        Assert.Equal("1", File.Find("b c")!.Values["PREFECT_SERVER_API_PORT"]);
        Assert.True(File.Find("local")!.IsBuiltIn);
        Assert.Null(File.Find("nope"));
    }

    [Fact]
    public void Using_a_profile_changes_one_word() =>
        Assert.Equal(Text.Replace("active = \"a\" #", "active = \"b c\" #"), ProfilesEditor.Use(File, "b c").Text);

    [Fact]
    public void Using_a_built_in_profile_writes_it_down()
    {
        var file = ProfilesEditor.Use(ProfilesFile.Parse("/p", ""), "local");
        Assert.Equal("active = \"local\"\n[profiles.local]\nPREFECT_API_URL = \"http://127.0.0.1:4200/api\"\n", file.Text);
    }

    [Fact]
    public void Setting_a_value_replaces_it_or_adds_a_line_to_its_table()
    {
        var file = ProfilesEditor.Set(File, "a", [new("PREFECT_API_URL", "x\"y"), new("PREFECT_CLI_COLORS", "false")]);
        Assert.Equal(
            Text.Replace("\"http://é/api\" # trailing", "\"x\\\"y\" # trailing").Replace("'k'\n", "'k'\nPREFECT_CLI_COLORS = \"false\"\n"),
            file.Text);
        Assert.Equal("x\"y", file.Find("a")!.Values["PREFECT_API_URL"]);
    }

    [Fact]
    public void Setting_a_value_in_an_empty_last_table_without_a_line_end_works()
    {
        var file = ProfilesEditor.Set(ProfilesFile.Parse("/p", "[profiles.x]"), "x", [new("A", "1")]);
        Assert.Equal("[profiles.x]\nA = \"1\"\n", file.Text);
    }

    [Fact]
    public void Unsetting_removes_the_line_and_nothing_else()
    {
        Assert.Equal(Text.Replace("PREFECT_API_KEY = 'k'\n", ""), ProfilesEditor.Unset(File, "a", ["prefect_api_key"]).Text);
        Assert.Equal(Text, ProfilesEditor.Unset(File, "a", ["PREFECT_CLI_COLORS"]).Text);
    }

    [Fact]
    public void A_map_in_a_table_of_its_own_can_be_replaced_and_removed()
    {
        var file = ProfilesFile.Parse("/p", "[profiles.a.PREFECT_CLIENT_CUSTOM_HEADERS]\nx = \"1\"\n");
        Assert.Equal("{\"x\":\"1\"}", file.Find("a")!.Values["PREFECT_CLIENT_CUSTOM_HEADERS"]);
        Assert.DoesNotContain("x =", ProfilesEditor.Unset(file, "a", ["PREFECT_CLIENT_CUSTOM_HEADERS"]).Text);
    }

    [Fact]
    public void Creating_copies_the_values_of_another_profile()
    {
        var file = ProfilesEditor.Create(File, "new", "a");
        Assert.StartsWith(Text, file.Text);
        Assert.Equal(File.Find("a")!.Values, file.Find("new")!.Values);
    }

    [Fact]
    public void Renaming_keeps_the_profile_active()
    {
        var file = ProfilesEditor.Rename(File, "a", "my profile");
        Assert.Equal(Text.Replace("[profiles.a]", "[profiles.\"my profile\"]").Replace("\"a\"", "\"my profile\""), file.Text);
    }

    [Fact]
    public void Deleting_leaves_the_rest() =>
        Assert.Equal(
            Text.Replace("[profiles.\"b c\"]\nPREFECT_SERVER_API_PORT = 1\n", ""),
            ProfilesEditor.Delete(File, "b c", "a").Text);

    [Theory]
    [InlineData("use", "Profile 'nope' not found in /p/profiles.toml.")]
    [InlineData("create", "Profile 'a' already exists.")]
    [InlineData("delete active", "Profile 'a' is active; use another profile before it is deleted.")]
    [InlineData("delete current", "Profile 'b c' is active; use another profile before it is deleted.")]
    [InlineData("delete built-in", "Profile 'local' is built in; it cannot be deleted.")]
    [InlineData("rename", "Profile 'b c' already exists.")]
    [InlineData("inline", "Profile 'z' is written inside another line of /p; write it as [profiles.z] first.")]
    public void What_cannot_be_done_is_said(string what, string expected)
    {
        Action action = what switch
        {
            "use" => () => ProfilesEditor.Use(File, "nope"),
            "create" => () => ProfilesEditor.Create(File, "a"),
            "delete active" => () => ProfilesEditor.Delete(File, "a", "b c"),
            "delete current" => () => ProfilesEditor.Delete(File, "b c", "b c"),
            "delete built-in" => () => ProfilesEditor.Delete(File, "local", "a"),
            "rename" => () => ProfilesEditor.Rename(File, "a", "b c"),
            _ => () => ProfilesEditor.Set(ProfilesFile.Parse("/p", "profiles = { z = { A = '1' } }\n"), "z", [new("B", "2")]),
        };
        Assert.Equal(expected, Assert.Throws<SettingsException>(action).Message);
    }

    [Fact]
    public void Saving_writes_the_text_and_keeps_the_file_private()
    {
        using var sandbox = new SettingsSandbox();
        var path = Path.Combine(sandbox.Root, "new", "profiles.toml");
        ProfilesEditor.Create(ProfilesFile.Load(path), "x").Save();
        if (!OperatingSystem.IsWindows()) System.IO.File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        ProfilesEditor.Create(ProfilesFile.Load(path), "y").Save();
        Assert.Equal(["x", "y"], ProfilesFile.Load(path).Profiles.Select(profile => profile.Name));
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(path));
        Assert.Single(Directory.GetFiles(Path.GetDirectoryName(path)!));
    }
}
