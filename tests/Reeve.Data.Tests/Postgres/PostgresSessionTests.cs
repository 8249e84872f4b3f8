using Npgsql;
using Reeve.Data.Postgres;
using Reeve.Testing;

namespace Reeve.Data.Tests.Postgres;

/// <summary>What the sessions of a process are like, directly and through PgBouncer in transaction mode.</summary>
public sealed class PostgresSessionTests : IAsyncLifetime
{
    private TestDatabase _database = null!;

    public async ValueTask InitializeAsync() => _database = await MigratedDatabase.CreateAsync(DatabaseKind.Postgres);

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Every_statement_runs_under_our_limits_whatever_the_servers_defaults_are(bool pooled)
    {
        await _database.ExecuteAsync($"alter database \"{new NpgsqlConnectionStringBuilder(_database.ConnectionString).Database}\" set statement_timeout = '77s'");
        using var bouncer = pooled ? await PgBouncer.StartAsync(_database.ConnectionString) : null;
        await using var db = Open(bouncer, TimeSpan.FromSeconds(8));
        var limits = await db.OneAsync(Limits, Text);
        Assert.Equal("8s 4s 30s", limits);
        var batch = new SqlBatch();
        var inside = batch.One(Limits, Text);
        await db.WriteAsync(batch);
        Assert.Equal(limits, inside.Value);
        Assert.Equal(pooled, db.Pool!.IsShared);
        if (bouncer is null) return;

        // Whoever shares the session finds it as it was.
        await using var other = new NpgsqlConnection(bouncer.Before(_database.ConnectionString));
        await other.OpenAsync();
        await using var command = new NpgsqlCommand("select current_setting('statement_timeout') || ' ' || current_setting('lock_timeout')", other);
        Assert.Equal("77s 0", await command.ExecuteScalarAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_default_isolation_level_of_the_server_does_not_matter(bool pooled)
    {
        await _database.ExecuteAsync($"alter database \"{new NpgsqlConnectionStringBuilder(_database.ConnectionString).Database}\" set default_transaction_isolation = 'serializable'");
        using var bouncer = pooled ? await PgBouncer.StartAsync(_database.ConnectionString) : null;
        await using var db = Open(bouncer, null);
        Sql level = $"select current_setting('transaction_isolation')";
        Assert.Equal("read committed", await db.OneAsync(level, Text));

        // Two who read the same and write past each other: as serializable transactions, one of them would fail.
        await db.ExecuteAsync($"create table skew (id integer primary key, n integer)");
        await db.ExecuteAsync($"insert into skew values (1, 0), (2, 0)");
        await Task.WhenAll(Enumerable.Range(0, 200).Select(async i =>
        {
            var batch = new SqlBatch();
            var inside = batch.One(level, Text);
            batch.Execute($"update skew set n = (select sum(n) from skew) where id = {1 + i % 2}");
            await db.WriteAsync(batch);
            Assert.Equal("read committed", inside.Value);
        }));
        if (bouncer is null) return;

        await using var other = new NpgsqlConnection(bouncer.Before(_database.ConnectionString));
        await other.OpenAsync();
        await using var command = new NpgsqlCommand(level.Render(), other);
        Assert.Equal("serializable", await command.ExecuteScalarAsync());
    }

    [Theory]
    [InlineData(null, "1.1", false)]
    [InlineData("2.5", "2.5", false)]
    [InlineData(null, "1.1", true)]
    [InlineData("2.5", "2.5", true)]
    public async Task Statements_are_not_compiled_and_reads_by_an_index_are_cheap_unless_somebody_said_what_they_cost(string? cost, string expected, bool pooled)
    {
        var name = new NpgsqlConnectionStringBuilder(_database.ConnectionString).Database;
        await _database.ExecuteAsync($"alter database \"{name}\" set random_page_cost = {cost ?? "4"}; alter database \"{name}\" set jit = on");
        using var bouncer = pooled ? await PgBouncer.StartAsync(_database.ConnectionString) : null;
        await using var db = Open(bouncer, null);
        Sql set = $"select current_setting('jit') || ' ' || current_setting('random_page_cost')";
        Assert.Equal($"off {expected}", await db.OneAsync(set, Text));
        if (bouncer is null) return;

        await using var other = new NpgsqlConnection(bouncer.Before(_database.ConnectionString));
        await other.OpenAsync();
        await using var command = new NpgsqlCommand(set.Render(), other);
        Assert.Equal($"on {cost ?? "4"}", await command.ExecuteScalarAsync());
    }

    [Fact]
    public async Task A_statement_that_takes_too_long_is_ended_by_the_server_and_told_as_such()
    {
        await using var db = Open(null, TimeSpan.FromSeconds(1));
        var error = await Assert.ThrowsAsync<DatabaseException>(() => db.OneAsync($"select pg_sleep(20)::text", static row => row.GetString(0)));
        Assert.Equal(DatabaseErrorKind.Timeout, error.Kind);
        Assert.Equal(1, await db.OneAsync($"select 1", static row => row.GetInt32(0)));
    }

    [Fact]
    public async Task Sessions_are_named_by_process_and_service()
    {
        await using var db = Open(null, null);
        Sql name = $"select current_setting('application_name')";
        Assert.Equal("reeve test", await db.OneAsync(name, static row => row.GetString(0)));
        DbCaller.Name = "Scheduler";
        Assert.Equal("reeve test Scheduler", await db.OneAsync(name, static row => row.GetString(0)));
        DbCaller.Name = null;
        Assert.Equal("reeve test", await db.OneAsync(name, static row => row.GetString(0)));
    }

    [Fact]
    public async Task A_caller_waits_for_a_connection_is_counted_and_told_when_there_is_none()
    {
        await using var db = Open(null, null, connections: 1, wait: TimeSpan.FromMilliseconds(100));
        // A long download has the one connection.
        var holder = db.StreamAsync($"select 1", static row => row.GetInt32(0)).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        Assert.True(await holder.MoveNextAsync());
        var error = await Assert.ThrowsAsync<DatabaseException>(() => db.OneAsync($"select 1", static row => row.GetInt32(0)));
        Assert.Equal(DatabaseErrorKind.Unavailable, error.Kind);
        Assert.Contains("PREFECT_SERVER_DATABASE_SQLALCHEMY_POOL_SIZE", error.Message);
        var pool = db.Pool!;
        Assert.Equal((1, 1, 0, 1L, 1L), (pool.Max, pool.Busy, pool.Waiting, pool.Waits, pool.GivenUp));
        Assert.True(pool.LongestWait >= TimeSpan.FromMilliseconds(50));
        await holder.DisposeAsync();
        Assert.Equal(1, await db.OneAsync($"select 1", static row => row.GetInt32(0)));
    }

    [Fact]
    public async Task Many_callers_share_few_sessions_through_a_pooler()
    {
        using var bouncer = await PgBouncer.StartAsync(_database.ConnectionString);
        await using var db = Open(bouncer, TimeSpan.FromSeconds(20));
        await db.ExecuteAsync($"create table shared (n integer)");
        await Task.WhenAll(Enumerable.Range(0, 60).Select(async n =>
        {
            var batch = new SqlBatch();
            batch.Execute($"insert into shared (n) values ({n})");
            batch.One($"select n from shared where n = {n}", static row => row.GetInt32(0));
            await db.WriteAsync(batch);
        }));
        Assert.Equal(60, await db.OneAsync($"select count(distinct n) from shared", static row => row.GetInt32(0)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Wake_ups_of_another_process_arrive_also_through_a_pooler(bool direct)
    {
        using var bouncer = await PgBouncer.StartAsync(_database.ConnectionString);
        await using var db = Open(bouncer, null, directly: direct);
        db.StartListening();
        using var waiter = db.Signals.Listen("topic");
        if (direct) await Eventually.TrueAsync("listening", "database", () => Task.FromResult(db.Pool!.Listens), "it listens past the pooler");
        await waiter.WaitAsync(TimeSpan.FromSeconds(5), TimeProvider.System, CancellationToken.None);
        await _database.ExecuteAsync("select pg_notify('reeve', 'topic')");
        Assert.True(await waiter.WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System, CancellationToken.None));
        // Behind the pooler nothing may be left listening on a session of others.
        Assert.Equal(direct, db.Pool!.Listens);
    }

    private PostgresDb Open(PgBouncer? bouncer, TimeSpan? timeout, int connections = 8, TimeSpan? wait = null, bool directly = false) => new(
        new PostgresOptions
        {
            ConnectionString = bouncer?.Before(_database.ConnectionString) ?? _database.ConnectionString,
            DirectConnectionString = directly ? _database.ConnectionString : null,
            ApplicationName = "reeve test",
            StatementTimeout = timeout,
            MaxConnections = connections,
            PoolTimeout = wait ?? TimeSpan.FromSeconds(30),
        },
        new DbSignals(),
        TimeProvider.System);

    private static Sql Limits =>
        $"select current_setting('statement_timeout') || ' ' || current_setting('lock_timeout') || ' ' || current_setting('idle_in_transaction_session_timeout')";

    private static string Text(DbRow row) => row.GetString(0);
}
