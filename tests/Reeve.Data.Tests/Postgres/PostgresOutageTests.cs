using System.Diagnostics;
using Npgsql;
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

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_process_of_ours_that_is_held_still_while_it_sends_a_batch_holds_up_nobody_for_long(bool pooled)
    {
        using var cluster = await PostgresCluster.StartAsync();
        using var bouncer = pooled ? await PgBouncer.StartAsync(cluster.ConnectionString) : null;
        await using var db = Open(bouncer?.Before(cluster.ConnectionString) ?? cluster.ConnectionString, patience: 1);
        await db.ExecuteAsync($"create table t (n integer)");
        await db.ExecuteAsync($"insert into t values (1)");
        var ended = new List<string>();
        db.OnSessionEnded = session => ended.Add(session.Name);
        var port = bouncer?.Port ?? new NpgsqlConnectionStringBuilder(cluster.ConnectionString).Port;

        // Somebody else's session is not ours to end.
        using (await HalfSentBatch.StartAsync(cluster.ConnectionString, port, "other 1", "update t set n = 2"))
        {
            var error = await Assert.ThrowsAsync<DatabaseException>(() => db.ExecuteAsync($"update t set n = 3"));
            Assert.Equal(DatabaseErrorKind.Retryable, error.Kind);
            Assert.Empty(ended);
        }

        using (await HalfSentBatch.StartAsync(cluster.ConnectionString, port, "reeve services 1 EventRelay", "update t set n = 4"))
        {
            await db.ExecuteAsync($"update t set n = n + 10");
            Assert.Equal(["reeve services 1 EventRelay"], ended);
            Assert.Equal(11, await db.OneAsync($"select n from t", static row => row.GetInt32(0)));
        }
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
        await using var db = Open(cluster.ConnectionString, patience: 2);
        Assert.True(await db.PingAsync());
        cluster.Pause();
        var began = Stopwatch.GetTimestamp();
        var error = await Assert.ThrowsAsync<DatabaseException>(() => db.ExecuteAsync($"create table never (n integer)"));
        Assert.Equal(DatabaseErrorKind.Unavailable, error.Kind);
        Assert.InRange(Stopwatch.GetElapsedTime(began).TotalSeconds, 0, 30);
        cluster.Continue();
        await Eventually.TrueAsync("pause of PostgreSQL", "database", () => db.PingAsync(), "it answers");
    }

    [Fact]
    public async Task Of_two_hosts_the_one_that_lives_is_used()
    {
        using var cluster = await PostgresCluster.StartAsync();
        await using var db = Open(Hosts(1, Port(cluster)));
        db.StartListening();
        await db.ExecuteAsync($"create table t (n integer primary key)");
        await Eventually.TrueAsync("first host is dead", "listener", () => Task.FromResult(db.Pool!.Listens), "it listens");
    }

    [Fact]
    public async Task Of_two_hosts_the_one_that_may_be_written_is_used()
    {
        using var readOnly = await PostgresCluster.StartAsync("default_transaction_read_only=on");
        using var cluster = await PostgresCluster.StartAsync();
        await using var db = Open(Hosts(Port(readOnly), Port(cluster)) + ";Target Session Attributes=read-write");
        await db.ExecuteAsync($"create table t (n integer primary key)");
    }

    [Fact]
    public async Task When_a_standby_becomes_the_primary_it_is_used_without_a_restart_of_ours()
    {
        using var primary = await PostgresCluster.StartAsync("wal_level=replica", "max_wal_senders=4", "synchronous_commit=on");
        using var standby = await primary.StandbyAsync();
        await using var db = Open(Hosts(Port(standby), Port(primary)));
        db.StartListening();
        await db.ExecuteAsync($"create table t (n integer primary key)");
        await db.ExecuteAsync($"insert into t (n) values (1)");
        await Eventually.TrueAsync("before the failover", "listener", () => Task.FromResult(db.Pool!.Listens), "it listens");
        await Eventually.TrueAsync("replication", "standby", async () => await CountAsync(standby) == 1, "the row");

        await primary.StopAsync(ProcessSignal.Quit);
        await standby.ExecuteAsync("select pg_promote()");

        await Eventually.TrueAsync("failover", "database", async () =>
        {
            try
            {
                await db.ExecuteAsync($"insert into t (n) values (2) on conflict do nothing");
                return true;
            }
            catch (DatabaseException)
            {
                return false;
            }
        }, "it is written again");
        Assert.Equal(2, await CountAsync(standby));
        using var waiter = db.Signals.Listen("topic");
        await Eventually.TrueAsync("failover", "listener", () => Task.FromResult(db.Pool!.Listens), "it listens to the new primary");
        await waiter.WaitAsync(TimeSpan.FromSeconds(5), TimeProvider.System, CancellationToken.None);
        await standby.ExecuteAsync("select pg_notify('reeve', 'topic')");
        Assert.True(await waiter.WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System, CancellationToken.None));
    }

    private static async Task<long> CountAsync(PostgresCluster cluster)
    {
        await using var connection = new NpgsqlConnection(cluster.ConnectionString + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("select count(*) from t", connection);
        try
        {
            return (long)(await command.ExecuteScalarAsync())!;
        }
        catch (PostgresException error) when (error.SqlState == PostgresErrorCodes.UndefinedTable)
        {
            return 0;
        }
    }

    private static int Port(PostgresCluster cluster) => new NpgsqlConnectionStringBuilder(cluster.ConnectionString).Port;

    private static string Hosts(int first, int second) => $"Host=127.0.0.1:{first},127.0.0.1:{second};Username=postgres;Database=postgres";

    private static PostgresDb Open(PostgresCluster cluster) => Open(cluster.ConnectionString);

    // Patience in seconds: what a machine with more to do than this test needs to answer, unless the test waits for it to be over.
    private static PostgresDb Open(string connectionString, int patience = 15) => new(
        new PostgresOptions
        {
            ConnectionString = $"{connectionString};Timeout={patience};Cancellation Timeout=500", MaxConnections = 8, StatementTimeout = TimeSpan.FromSeconds(patience),
        },
        new DbSignals(),
        TimeProvider.System);
}
