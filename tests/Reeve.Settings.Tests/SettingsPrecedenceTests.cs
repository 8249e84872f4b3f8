namespace Reeve.Settings.Tests;

public sealed class SettingsPrecedenceTests
{
    private static readonly string[] Strongest = ["argument", "env", ".env file", "prefect.toml", "pyproject.toml", "profile", "defaults"];

    [Fact]
    public void The_strongest_source_that_sets_a_value_wins()
    {
        for (var first = 0; first < Strongest.Length; first++)
        {
            using var sandbox = new SettingsSandbox();
            if (first <= 0) sandbox.Arguments["server.api.port"] = "5000";
            if (first <= 1) sandbox.With("PREFECT_SERVER_API_PORT", "5001");
            if (first <= 2) sandbox.File(".env", "PREFECT_SERVER_API_PORT=5002\n");
            if (first <= 3) sandbox.File("prefect.toml", "[server.api]\nport = 5003\n");
            if (first <= 4) sandbox.File("pyproject.toml", "[tool.prefect]\nserver.api.port = 5004\n");
            if (first <= 5) sandbox.Profiles("active = \"mine\"\n[profiles.mine]\nPREFECT_SERVER_API_PORT = 5005\n");
            var setting = sandbox.Load()["server.api.port"];
            Assert.Equal(first == 6 ? 4200L : 5000L + first, setting.Value);
            Assert.Equal(Strongest[first], setting.Source.Label);
            Assert.Equal(Math.Max(0, 5 - first), setting.Overruled.Count);
        }
    }

    [Fact]
    public void Names_are_found_in_any_case()
    {
        var setting = SettingsSandbox.Resolve(("prefect_server_api_port", "1234"))["PREFECT_SERVER_API_PORT"];
        Assert.Equal(1234L, setting.Value);
        Assert.Equal("prefect_server_api_port", setting.Source.Name);
    }

    [Fact]
    public void The_canonical_name_wins_over_an_older_one_in_the_same_source_and_says_so()
    {
        var settings = SettingsSandbox.Resolve(("PREFECT_API_DATABASE_TIMEOUT", "3"), ("PREFECT_SERVER_DATABASE_TIMEOUT", "4"));
        Assert.Equal(4.0, settings["server.database.timeout"].Value);
        var notice = Assert.Single(settings.Notices);
        Assert.Equal(SettingNoticeKind.Conflict, notice.Kind);
        Assert.Equal(
            "PREFECT_SERVER_DATABASE_TIMEOUT (environment) wins over PREFECT_API_DATABASE_TIMEOUT (environment), which says otherwise.",
            notice.Message);
    }

    [Fact]
    public void An_older_name_in_a_stronger_source_wins()
    {
        using var sandbox = new SettingsSandbox().With("PREFECT_API_DATABASE_TIMEOUT", "3").File(".env", "PREFECT_SERVER_DATABASE_TIMEOUT=4");
        Assert.Equal(3.0, sandbox.Load()["server.database.timeout"].Value);
    }

    [Fact]
    public void Without_a_profiles_file_the_built_in_profile_is_active()
    {
        var settings = SettingsSandbox.Resolve();
        Assert.Equal(new ActiveProfile("ephemeral", null), settings.Profile);
        Assert.Equal(true, settings["server.ephemeral.enabled"].Value);
        Assert.Empty(settings.Notices);
    }

    [Fact]
    public void PREFECT_PROFILE_selects_another_profile_and_the_command_line_beats_it()
    {
        using var sandbox = new SettingsSandbox().Profiles(
            "active = 'a'\n[profiles.a]\nPREFECT_API_URL = 'http://a/api'\n[profiles.b]\nPREFECT_API_URL = 'http://b/api'\n[profiles.c]\n");
        Assert.Equal("http://a/api", sandbox.Load().OptionalText("api.url"));
        sandbox.With("PREFECT_PROFILE", "b");
        Assert.Equal("http://b/api", sandbox.Load().OptionalText("api.url"));
        Assert.Null(sandbox.Load("c").OptionalText("api.url"));
        Assert.Equal("c", sandbox.Load("c").Profile.Name);
    }

    [Fact]
    public void A_profile_that_is_missing_is_reported_and_on_the_command_line_refused()
    {
        using var sandbox = new SettingsSandbox().Profiles("active = 'gone'\n");
        var settings = sandbox.Load();
        Assert.Equal("ephemeral", settings.Profile.Name);
        Assert.Contains("'gone'", Assert.Single(settings.Notices).Message);
        Assert.Contains("'nowhere'", Assert.Single(sandbox.Load("nowhere").Errors).Message);
    }

    [Fact]
    public void The_profiles_file_follows_PREFECT_HOME_and_PREFECT_PROFILES_PATH()
    {
        using var sandbox = new SettingsSandbox();
        var home = Path.Combine(sandbox.Root, "elsewhere");
        Directory.CreateDirectory(home);
        File.WriteAllText(Path.Combine(home, "profiles.toml"), "active = 'h'\n[profiles.h]\n");
        File.WriteAllText(Path.Combine(home, "other.toml"), "active = 'o'\n[profiles.o]\n");
        sandbox.With("PREFECT_HOME", home);
        Assert.Equal("h", sandbox.Load().Profile.Name);
        sandbox.With("PREFECT_PROFILES_PATH", "$PREFECT_HOME/other.toml");
        Assert.Equal("o", sandbox.Load().Profile.Name);
        Assert.Equal(home + "/other.toml", sandbox.Load()["profiles_path"].Value);
    }

    [Fact]
    public void Paths_follow_the_user_and_PREFECT_HOME()
    {
        using var sandbox = new SettingsSandbox();
        Assert.Equal(sandbox.User + "/.prefect", sandbox.Load()["home"].Value);
        Assert.Equal(sandbox.User + "/.prefect/storage", sandbox.Load()["results.local_storage_path"].Value);
        Assert.Equal($"sqlite+aiosqlite:///{sandbox.User}/.prefect/prefect.db", sandbox.Load()["server.database.connection_url"].Text);
        sandbox.With("PREFECT_HOME", "~/p");
        Assert.Equal(sandbox.User + "/p/storage", sandbox.Load()["results.local_storage_path"].Value);
    }

    [Fact]
    public void Test_mode_ignores_the_profiles_and_raises_the_level()
    {
        using var sandbox = new SettingsSandbox().Profiles("active = 'a'\n[profiles.a]\nPREFECT_API_URL = 'http://a/api'\n").With("PREFECT_TEST_MODE", "1");
        Assert.Null(sandbox.Load().OptionalText("api.url"));
        Assert.Equal("DEBUG", sandbox.Load().Text("logging.level"));
    }

    [Fact]
    public void Addresses_follow_from_one_another()
    {
        var settings = SettingsSandbox.Resolve(("PREFECT_SERVER_API_HOST", "0.0.0.0"), ("PREFECT_SERVER_API_PORT", "99"));
        Assert.Equal("http://0.0.0.0:99/api", settings.Text("server.ui.api_url"));
        Assert.Null(settings.OptionalText("ui_url"));
        settings = SettingsSandbox.Resolve(("PREFECT_API_URL", "https://x/api"), ("SSL_CERT_FILE", "/ca.pem"));
        Assert.Equal("https://x/api", settings.Text("server.ui.api_url"));
        Assert.Equal("https://x", settings.Text("ui_url"));
        Assert.Equal("/ca.pem", settings.Text("api.ssl_cert_file"));
    }

    [Fact]
    public void Broken_files_stop_the_start_with_file_and_line()
    {
        using var sandbox = new SettingsSandbox().File("prefect.toml", "[server]\nlogging_level = \n").Profiles("active = ");
        var errors = sandbox.Load().Errors;
        Assert.Equal(2, errors.Count);
        Assert.Contains("prefect.toml, line 2", errors[0].Message);
        Assert.Contains("profiles.toml, line 1", errors[1].Message);
    }
}
