namespace Reeve.Settings.Tests;

public sealed class SettingErrorTests
{
    [Theory]
    [InlineData("PREFECT_SERVER_API_PORT", "abc", "PREFECT_SERVER_API_PORT='abc' (environment) is not accepted: a whole number at least 0 and at most 65535 is expected.")]
    [InlineData("PREFECT_SERVER_API_PORT", "70000", "PREFECT_SERVER_API_PORT='70000' (environment) is not accepted: a whole number at least 0 and at most 65535 is expected.")]
    [InlineData("PREFECT_API_DATABASE_ECHO", "maybe", "PREFECT_API_DATABASE_ECHO='maybe' (environment) is not accepted: true or false (1/0, yes/no, on/off) is expected.")]
    [InlineData("PREFECT_SERVER_ANALYTICS_ENABLED", "", "PREFECT_SERVER_ANALYTICS_ENABLED='' (environment) is not accepted: true or false (1/0, yes/no, on/off) is expected.")]
    [InlineData("PREFECT_LOGGING_LEVEL", "LOUD", "PREFECT_LOGGING_LEVEL='LOUD' (environment) is not accepted: one of DEBUG, INFO, WARNING, ERROR, CRITICAL is expected.")]
    [InlineData("PREFECT_SERVER_CONCURRENCY_INITIAL_DEPLOYMENT_LEASE_DURATION", "5", "PREFECT_SERVER_CONCURRENCY_INITIAL_DEPLOYMENT_LEASE_DURATION='5' (environment) is not accepted: a number at least 30.0 and at most 3600.0 is expected.")]
    [InlineData("PREFECT_SERVER_EVENTS_RETENTION_PERIOD", "30", "PREFECT_SERVER_EVENTS_RETENTION_PERIOD='30' (environment) is not accepted: a duration such as PT1H, 01:00:00 or '1 day 02:00:00' is expected.")]
    [InlineData("PREFECT_SERVER_DATABASE_CONNECTION_URL", "mysql://u:secret@h/d", "PREFECT_SERVER_DATABASE_CONNECTION_URL='mysql://u:**********@h/d' (environment) is not accepted: 'mysql' is not supported; postgresql or sqlite is expected.")]
    public void A_bad_value_gives_one_line_with_variable_value_source_and_what_is_accepted(string variable, string value, string expected)
    {
        var error = Assert.Single(SettingsSandbox.Resolve((variable, value)).Errors);
        Assert.Equal(expected, error.Message);
    }

    [Fact]
    public void All_errors_are_told_at_once_one_line_each()
    {
        using var sandbox = new SettingsSandbox()
            .With("PREFECT_SERVER_API_PORT", "x\ny")
            .File("prefect.toml", "[server.services.foreman]\nenabled = 'perhaps'\n");
        var exception = Assert.Throws<SettingsException>(() => ResolvedSettings.Load(sandbox.Input()));
        Assert.Equal(2, exception.Errors.Count);
        Assert.Equal(2, exception.Message.Split('\n').Length);
        Assert.Contains($"server.services.foreman.enabled='perhaps' ({sandbox.Work}/prefect.toml)", exception.Message);
    }

    [Fact]
    public void A_service_link_of_Kubernetes_is_recognised()
    {
        var error = Assert.Single(SettingsSandbox.Resolve(("PREFECT_SERVER_API_PORT", "tcp://10.0.0.7:4200")).Errors);
        Assert.Contains("enableServiceLinks", error.Message);
        Assert.Empty(SettingsSandbox.Resolve(
            ("PREFECT_SERVER_SERVICE_HOST", "10.0.0.7"), ("PREFECT_SERVER_PORT", "tcp://10.0.0.7:4200"), ("PREFECT_SERVER_PORT_4200_TCP_ADDR", "10.0.0.7")).Notices);
    }

    [Fact]
    public void A_driver_without_its_parts_says_which_are_missing()
    {
        var error = Assert.Single(SettingsSandbox.Resolve(
            ("PREFECT_API_DATABASE_DRIVER", "postgresql+asyncpg"), ("PREFECT_API_DATABASE_HOST", "db")).Errors);
        Assert.Contains("PREFECT_SERVER_DATABASE_USER and PREFECT_SERVER_DATABASE_NAME must be set too", error.Message);
    }
}
