using Npgsql;
using Reeve.Data;
using Reeve.Server.Hosting;
using Reeve.Settings;
using Reeve.Settings.Views;
using Reeve.Testing;

namespace Reeve.Server.Tests.Hosting;

/// <summary>A server is started while its database is not there, or is not one it may use.</summary>
public sealed class DatabaseAtStartTests
{
    [Fact]
    public async Task A_database_that_comes_up_later_is_waited_for()
    {
        using var cluster = await PostgresCluster.StartAsync();
        await cluster.StopAsync(ProcessSignal.Interrupt);
        var clock = new TestClock();
        await using var server = Create(Url(cluster), clock);
        var before = clock.TimersArmed;
        var starting = server.StartAsync();
        await clock.TimerArmedAsync(before, "the wait for the database");
        Assert.False(starting.IsCompleted);
        await cluster.StartAgainAsync();
        clock.Advance(TimeSpan.FromSeconds(1));
        await starting;
        using var http = new HttpClient();
        Assert.Equal("""{"message":"OK"}""", await http.GetStringAsync(new Uri($"{server.Address}/api/ready")));
    }

    [Fact]
    public async Task One_that_stays_away_ends_the_start_and_is_named_without_its_password()
    {
        var clock = new TestClock();
        await using var server = Create("postgresql://me:secret@127.0.0.1:1/there", clock);
        var before = clock.TimersArmed;
        var starting = server.StartAsync();
        await clock.TimerArmedAsync(before, "the wait for the database");
        clock.Advance(TimeSpan.FromMinutes(1));
        var error = await Assert.ThrowsAsync<DatabaseException>(() => starting);
        Assert.Equal(DatabaseErrorKind.Unavailable, error.Kind);
        Assert.StartsWith("Cannot use the database postgresql://me:", error.Message);
        Assert.Contains("@127.0.0.1:1/there: ", error.Message);
        Assert.DoesNotContain("secret", error.Message);
    }

    [Fact]
    public async Task One_that_refuses_is_not_waited_for()
    {
        var cluster = await PostgresCluster.SharedAsync();
        await using var server = Create(Url(cluster, "no_such_database"), new TestClock());
        var error = await Assert.ThrowsAsync<DatabaseException>(() => server.StartAsync());
        Assert.EndsWith("""database "no_such_database" does not exist""", error.Message);
        // No TLS there.
        await using var secure = Create(Url(cluster) + "?sslmode=require", new TestClock());
        error = await Assert.ThrowsAsync<DatabaseException>(() => secure.StartAsync());
        Assert.Contains("SSL", error.Message);
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_named()
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, "Dear diary, this is no database at all.");
            await using var server = Create($"sqlite:///{file}", new TestClock());
            var error = await Assert.ThrowsAsync<DatabaseException>(() => server.StartAsync());
            Assert.StartsWith($"Cannot use the database file {file}: ", error.Message);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static string Url(PostgresCluster cluster, string database = "postgres") =>
        $"postgresql://postgres@127.0.0.1:{new NpgsqlConnectionStringBuilder(cluster.ConnectionString).Port}/{database}";

    private static ReeveServer Create(string url, TestClock clock)
    {
        var resolved = ResolvedSettings.Load(new SettingsInput
        {
            Environment = new Dictionary<string, string>
            {
                ["PREFECT_API_DATABASE_CONNECTION_URL"] = url,
                ["PREFECT_SERVER_API_PORT"] = "0",
                ["PREFECT_HOME"] = Path.GetTempPath(),
            },
            WorkingDirectory = Path.GetTempPath(),
            UserDirectory = Path.GetTempPath(),
        });
        return ReeveServer.Create(new ServerSettings(resolved), ServerRole.ApiOnly, clock);
    }
}
