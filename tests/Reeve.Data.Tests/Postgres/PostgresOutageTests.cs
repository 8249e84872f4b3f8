using System.Diagnostics;
using Reeve.Data.Postgres;
using Reeve.Testing;

namespace Reeve.Data.Tests.Postgres;

/// <summary>A PostgreSQL that is restarted, killed and held still under a process that goes on.</summary>
public sealed class PostgresOutageTests
{
    [Theory]
    [InlineData(ProcessSignal.Interrupt)]
    [InlineData(ProcessSignal.Quit)]
    public async Task A_restart_is_healed_without_one_of_ours(int signal)
    {
        // A crash keeps what was committed only where a commit waits for the log to be written.
        using var cluster = await PostgresCluster.StartAsync("synchronous_commit=on");
        await using var db = Open(cluster);
        db.StartListening();
        await db.ExecuteAsync($"create table t (n integer primary key)");
        await Task.WhenAll(Enumerable.Range(0, 8).Select(n => db.ExecuteAsync($"insert into t (n) values ({n})")));

        await cluster.StopAsync(signal);
        var error = await Assert.ThrowsAsync<DatabaseException>(() => db.ExecuteAsync($"insert into t (n) values (100)"));
        Assert.Equal(DatabaseErrorKind.Unavailable, error.Kind);
        Assert.False(await db.PingAsync());
        await cluster.StartAgainAsync();

        // The first call after it already has a new connection.
        Assert.Equal(8, await db.OneAsync($"select count(*) from t", static row => row.GetInt32(0)));
        await db.ExecuteAsync($"insert into t (n) values (101)");
        await Eventually.TrueAsync("restart of PostgreSQL", "listener", () => Task.FromResult(db.Pool!.Listens), "it listens again");
    }

    [Fact]
    public async Task A_read_on_connections_that_a_restart_has_cut_succeeds()
    {
        using var cluster = await PostgresCluster.StartAsync();
        await using var db = Open(cluster);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => db.OneAsync($"select pg_sleep(0.05)::text", static row => row.GetString(0))));
        await cluster.StopAsync(ProcessSignal.Interrupt);
        await cluster.StartAgainAsync();
        Assert.All(
            await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => db.OneAsync($"select 1", static row => row.GetInt32(0)))),
            static one => Assert.Equal(1, one));
    }

    [Fact]
    public async Task A_server_that_says_nothing_is_given_up_in_time_and_used_again_when_it_wakes()
    {
        using var cluster = await PostgresCluster.StartAsync();
        await using var db = Open(cluster);
        Assert.True(await db.PingAsync());
        cluster.Pause();
        var began = Stopwatch.GetTimestamp();
        var error = await Assert.ThrowsAsync<DatabaseException>(() => db.ExecuteAsync($"create table never (n integer)"));
        Assert.Equal(DatabaseErrorKind.Unavailable, error.Kind);
        Assert.InRange(Stopwatch.GetElapsedTime(began).TotalSeconds, 0, 15);
        cluster.Continue();
        await Eventually.TrueAsync("pause of PostgreSQL", "database", () => db.PingAsync(), "it answers");
    }

    private static PostgresDb Open(PostgresCluster cluster) => new(
        new PostgresOptions { ConnectionString = cluster.ConnectionString + ";Timeout=2;Cancellation Timeout=500", MaxConnections = 8, StatementTimeout = TimeSpan.FromSeconds(1) },
        new DbSignals(),
        TimeProvider.System);
}
