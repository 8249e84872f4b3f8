using Reeve.Settings.Database;
using Reeve.Settings.Views;

namespace Reeve.Settings.Tests.Views;

public sealed class ViewTests
{
    [Fact]
    public void Every_group_can_be_built_from_nothing_but_defaults()
    {
        var settings = SettingsSandbox.Resolve();
        Assert.Empty(settings.Errors);
        var server = new ServerSettings(settings);
        Assert.Equal("/api", server.Api.BasePath);
        Assert.Equal(4200, server.Api.Port);
        Assert.Null(server.Api.AuthString);
        Assert.Equal(TimeSpan.FromHours(1), server.Api.CsrfTokenExpiration);
        Assert.Equal(TimeSpan.FromSeconds(60), server.Services.Scheduler.Loop);
        Assert.Equal(TimeSpan.FromDays(100), server.Services.Scheduler.MaxScheduledTime);
        Assert.Equal(TimeSpan.FromSeconds(15), server.Services.LateRunsAfter);
        Assert.True(server.Services.Vacuum.Events);
        Assert.False(server.Services.Vacuum.FlowRuns);
        Assert.Equal(TimeSpan.FromDays(7), server.Services.Vacuum.EventRetentionOverrides["prefect.flow-run.heartbeat"]);
        Assert.False(server.Messaging.UseRedis);
        Assert.Equal(TimeSpan.FromSeconds(1), server.Messaging.Block);
        Assert.False(server.Reeve.StrictRequests);
        Assert.Null(server.Reeve.HealthPort);
        Assert.False(server.WebserverOnly);
        Assert.Equal("WARNING", server.Logging.ServerLevel);
        Assert.Equal(DatabaseDialect.Sqlite, server.Database.Url.Dialect);
        Assert.Null(server.Database.MigrationTimeout);
        var worker = new WorkerSettings(settings);
        Assert.Equal(TimeSpan.FromSeconds(30), worker.Heartbeat);
        Assert.Empty(worker.Client.RetryExtraCodes);
        Assert.Null(new CliSettings(settings).Prompt);
    }

    [Fact]
    public void Database_settings_fill_in_what_the_URL_leaves_open()
    {
        var database = new DatabaseSettings(SettingsSandbox.Resolve(
            ("PREFECT_API_DATABASE_CONNECTION_URL", "postgresql://u:p@h/d?connect_timeout=9"),
            ("PREFECT_SERVER_DATABASE_SQLALCHEMY_CONNECT_ARGS_SEARCH_PATH", "mine, public"),
            ("PREFECT_SERVER_DATABASE_SQLALCHEMY_CONNECT_ARGS_STATEMENT_CACHE_SIZE", "0"),
            ("PREFECT_SERVER_DATABASE_SQLALCHEMY_CONNECT_ARGS_TLS_ENABLED", "true"),
            ("PREFECT_SERVER_DATABASE_SQLALCHEMY_CONNECT_ARGS_TLS_CHECK_HOSTNAME", "false"),
            ("PREFECT_SERVER_DATABASE_SQLALCHEMY_CONNECT_ARGS_TLS_CA_FILE", "/ca"),
            ("PREFECT_SQLALCHEMY_POOL_SIZE", "7")));
        Assert.Equal(
            "Host=h;Port=5432;Username=u;Password=p;Database=d;SSL Mode=VerifyCA;Root Certificate=/ca;Application Name=reeve;Search Path=mine, public;"
            + "Timeout=9;Command Timeout=10;Max Auto Prepare=0;Maximum Pool Size=17;Connection Lifetime=3600",
            database.ToNpgsqlConnectionString());
    }

    [Theory]
    [InlineData(null, "/api")]
    [InlineData("/v1/api/", "/v1/api")]
    [InlineData("x", "/x")]
    public void The_mount_path_has_one_spelling(string? text, string expected) =>
        Assert.Equal(expected, new ServerApiSettings(text is null ? SettingsSandbox.Resolve() : SettingsSandbox.Resolve(("PREFECT_SERVER_API_BASE_PATH", text))).BasePath);

    [Fact]
    public void The_page_is_told_about_credentials()
    {
        Assert.Null(new UiSettings(SettingsSandbox.Resolve(("PREFECT_SERVER_API_AUTH_STRING", ""))).Auth);
        Assert.Equal("BASIC", new UiSettings(SettingsSandbox.Resolve(("PREFECT_SERVER_API_AUTH_STRING", "a:b"))).Auth);
    }

    [Fact]
    public void Redis_is_used_when_the_broker_names_it() =>
        Assert.True(new MessagingSettings(SettingsSandbox.Resolve(("PREFECT_MESSAGING_BROKER", "prefect_redis.messaging"))).UseRedis);
}
