namespace Reeve.Settings.Tests;

public sealed class SettingNoticeTests
{
    [Theory]
    [InlineData("PREFECT_SERVER_API_PROT", "1", SettingNoticeKind.Unknown, "PREFECT_SERVER_API_PROT (environment) is not a setting. Did you mean PREFECT_SERVER_API_PORT?")]
    [InlineData("PREFECT_LOGGING_LEVLE", "INFO", SettingNoticeKind.Unknown, "PREFECT_LOGGING_LEVLE (environment) is not a setting. Did you mean PREFECT_LOGGING_LEVEL?")]
    [InlineData("PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL", "0", SettingNoticeKind.NoEffect, "PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL (environment) has no effect: Python logging configuration.")]
    [InlineData("PREFECT_INTEGRATIONS_AWS_ECS_OBSERVER_ENABLED", "0", SettingNoticeKind.NoEffect, "PREFECT_INTEGRATIONS_AWS_ECS_OBSERVER_ENABLED (environment) has no effect: read by Python integration packages.")]
    [InlineData("PREFECT_SERVER_ANALYTICS_ENABLED", "false", SettingNoticeKind.NoEffect, "PREFECT_SERVER_ANALYTICS_ENABLED (environment) has no effect: Reeve never phones home.")]
    [InlineData("PREFECT_UI_ENABLED", "false", SettingNoticeKind.OldName, "PREFECT_UI_ENABLED (environment) is an older name of PREFECT_SERVER_UI_ENABLED.")]
    [InlineData("PREFECT_API_URL", "http://x", SettingNoticeKind.Warning, "PREFECT_API_URL='http://x' (environment) does not end in /api; the address of the API usually does.")]
    [InlineData("PREFECT_SERVER_DATABASE_HOST", "db", SettingNoticeKind.Warning, "PREFECT_SERVER_DATABASE_HOST (environment) has no effect, and SQLite is used: set PREFECT_SERVER_DATABASE_DRIVER=postgresql+asyncpg as well, or PREFECT_SERVER_DATABASE_CONNECTION_URL instead.")]
    public void What_is_odd_is_said_in_one_line(string variable, string value, SettingNoticeKind kind, string message)
    {
        var settings = SettingsSandbox.Resolve((variable, value));
        Assert.Empty(settings.Errors);
        Assert.Equal(new SettingNotice(kind, settings.Notices[0].Name, message), Assert.Single(settings.Notices));
    }

    [Fact]
    public void Unknown_keys_in_TOML_are_reported_with_their_file()
    {
        using var sandbox = new SettingsSandbox().File("prefect.toml", "[server.api]\nhosst = 'x'\n");
        Assert.Equal($"server.api.hosst ({sandbox.Work}/prefect.toml) is not a setting. Did you mean server.api.host?", Assert.Single(sandbox.Load().Notices).Message);
    }

    [Fact]
    public void The_URL_wins_over_single_parts_that_say_otherwise()
    {
        var settings = SettingsSandbox.Resolve(
            ("PREFECT_API_DATABASE_CONNECTION_URL", "postgresql://u:p@one/d"),
            ("PREFECT_SERVER_DATABASE_HOST", "two"),
            ("PREFECT_SERVER_DATABASE_USER", "u"));
        Assert.Contains(settings.Notices, notice => notice is
        {
            Kind: SettingNoticeKind.Conflict,
            Message: "PREFECT_API_DATABASE_CONNECTION_URL (environment) wins over PREFECT_SERVER_DATABASE_HOST (environment), which says otherwise.",
        });
        Assert.Single(settings.Notices, notice => notice.Kind == SettingNoticeKind.Conflict);
    }
}
