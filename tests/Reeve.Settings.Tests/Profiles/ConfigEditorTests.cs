using Reeve.Settings.Profiles;

namespace Reeve.Settings.Tests.Profiles;

public sealed class ConfigEditorTests
{
    private const string Text = "active = \"a\"\n[profiles.a]\nPREFECT_API_DATABASE_ECHO = \"true\"\n";

    [Fact]
    public void Setting_writes_the_canonical_name_and_drops_an_older_one()
    {
        using var sandbox = new SettingsSandbox().Profiles(Text).With("PREFECT_SERVER_API_PORT", "1");
        var change = ConfigEditor.Set(sandbox.Load(), ProfilesFile.Load(sandbox.ProfilesPath), ["PREFECT_API_DATABASE_ECHO=false", "PREFECT_SERVER_API_PORT=2"]);
        Assert.Equal("active = \"a\"\n[profiles.a]\nPREFECT_SERVER_DATABASE_ECHO = \"false\"\nPREFECT_SERVER_API_PORT = \"2\"\n", change.File.Text);
        Assert.Equal("a", change.Profile);
        Assert.Equal("PREFECT_SERVER_API_PORT is also set in environment, which wins over the profile.", Assert.Single(change.Remarks));
    }

    [Fact]
    public void Setting_without_a_file_writes_the_built_in_profile_with_the_change()
    {
        using var sandbox = new SettingsSandbox();
        var change = ConfigEditor.Set(sandbox.Load(), ProfilesFile.Load(sandbox.ProfilesPath), ["PREFECT_API_URL=http://x/api"]);
        Assert.Equal("[profiles.ephemeral]\nPREFECT_SERVER_EPHEMERAL_ENABLED = \"true\"\nPREFECT_API_URL = \"http://x/api\"\n", change.File.Text);
    }

    [Fact]
    public void All_that_is_wrong_is_said_at_once()
    {
        using var sandbox = new SettingsSandbox().Profiles(Text);
        var exception = Assert.Throws<SettingsException>(() => ConfigEditor.Set(
            sandbox.Load(), ProfilesFile.Load(sandbox.ProfilesPath), ["PREFECT_SERVER_API_PORT=x", "PREFECT_API_URI=y", "PREFECT_HOME=z", "nothing"]));
        Assert.Equal(
            [
                "PREFECT_SERVER_API_PORT='x' (command line) is not accepted: a whole number at least 0 and at most 65535 is expected.",
                "PREFECT_API_URI is not a setting. Did you mean PREFECT_API_URL?",
                "PREFECT_HOME cannot be set in a profile: it is read before one is chosen; use an environment variable.",
                "'nothing' is not accepted: VAR=VAL is expected.",
            ],
            exception.Message.Split('\n'));
    }

    [Fact]
    public void Unsetting_takes_any_name_of_the_setting()
    {
        using var sandbox = new SettingsSandbox().Profiles(Text);
        var file = ProfilesFile.Load(sandbox.ProfilesPath);
        Assert.Equal("active = \"a\"\n[profiles.a]\n", ConfigEditor.Unset(sandbox.Load(), file, ["server.database.echo"]).File.Text);
        var exception = Assert.Throws<SettingsException>(() => ConfigEditor.Unset(sandbox.Load(), file, ["PREFECT_API_URL"]));
        Assert.Equal("PREFECT_API_URL is not set in profile 'a'.", exception.Message);
    }

    [Fact]
    public void Older_names_are_replaced_on_request()
    {
        using var sandbox = new SettingsSandbox().Profiles(Text);
        var change = ConfigEditor.ReplaceOldNames(sandbox.Load(), ProfilesFile.Load(sandbox.ProfilesPath));
        Assert.Equal("active = \"a\"\n[profiles.a]\nPREFECT_SERVER_DATABASE_ECHO = \"true\"\n", change.File.Text);
    }

    [Fact]
    public void The_view_shows_what_is_set_masks_secrets_and_names_sources()
    {
        using var sandbox = new SettingsSandbox().Profiles(Text).With("PREFECT_API_KEY", "secret");
        var view = ConfigView.Of(sandbox.Load());
        Assert.Equal(["PREFECT_API_KEY", "PREFECT_SERVER_DATABASE_ECHO"], view.Select(entry => entry.Name));
        Assert.Equal(["**********", "true"], view.Select(entry => entry.Value));
        Assert.Equal(["env", "profile"], view.Select(entry => entry.Source.Label));
        Assert.Equal("secret", ConfigView.Of(sandbox.Load(), showSecrets: true)[0].Value);
        Assert.Contains(ConfigView.Of(sandbox.Load(), showDefaults: true), entry => entry is { Name: "PREFECT_SERVER_API_PORT", Value: "4200" });
    }
}
