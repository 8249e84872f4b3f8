using Reeve.Core;
using Reeve.Data.Postgres;
using Reeve.Data.Sqlite;
using Reeve.Testing;

namespace Reeve.Data.Tests;

/// <summary>What every <see cref="Db"/> promises, run over both.</summary>
public abstract class DbContractTests(DatabaseKind kind)
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 12, 0, 0, 123, 456, TimeSpan.Zero);

    [Fact]
    public async Task Every_kind_of_value_comes_back_as_it_went_in()
    {
        await using var world = await World.OpenAsync(kind);
        var id = Guid.NewGuid();
        await world.Db.ExecuteAsync(
            $"""
            insert into flow_run (id, flow_id, name, created, updated, start_time, total_run_time, run_count, auto_scheduled, parameters, tags, state_type)
            values ({id}, {world.Flow}, {"ü'\"\\"}, {Now}, {Now}, {(DateTimeOffset?)null}, {TimeSpan.FromSeconds(90061.5)}, {7}, {true}, {RawJson.Parse("""{"a":[1,"ß"]}""")}, {RawJson.EmptyArray}, {"RUNNING"})
            """);

        var back = await world.Db.OneAsync(
            $"select name, created, start_time, total_run_time, run_count, auto_scheduled, parameters, state_type, id from flow_run where id = {id}",
            static row => (Name: row.GetString(0), Created: row.GetInstant(1), Start: row.GetInstantOrNull(2), Time: row.GetDuration(3),
                Count: row.GetInt32(4), Auto: row.GetBoolean(5), Json: row.GetJson(6).ToString(), State: row.GetString(7), Id: row.GetGuid(8)));

        Assert.Equal(("ü'\"\\", Now, null, TimeSpan.FromSeconds(90061.5), 7, true, "RUNNING", id),
            (back.Name, back.Created, back.Start, back.Time, back.Count, back.Auto, back.State, back.Id));
        Assert.Equal("""{"a":[1,"ß"]}""", back.Json.Replace(" ", ""));
    }

    [Fact]
    public async Task Lists_go_in_as_parameters()
    {
        await using var world = await World.OpenAsync(kind);
        Guid[] ids = [Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid()];
        foreach (var id in ids) await world.AddFlowAsync(id, $"flow-{id}");

        var some = await world.Db.ListAsync($"select id from flow where id = any({ids[..2]})", static row => row.GetGuid(0));
        var none = await world.Db.ListAsync($"select id from flow where id = any({Array.Empty<Guid>()})", static row => row.GetGuid(0));
        var others = await world.Db.ListAsync($"select id from flow where id <> all({ids[..2]}) and name = any({new[] { $"flow-{ids[2]}", "x" }})", static row => row.GetGuid(0));

        Assert.Equal(ids[..2].Order(), some.Order());
        Assert.Empty(none);
        Assert.Equal([ids[2]], others);
    }

    [Fact]
    public async Task A_batch_that_fails_leaves_nothing()
    {
        await using var world = await World.OpenAsync(kind);
        var batch = new SqlBatch();
        batch.Execute($"insert into flow (id, created, updated, name, tags) values ({Guid.NewGuid()}, {Now}, {Now}, {"first"}, {RawJson.EmptyArray})");
        batch.Execute($"insert into flow (id, created, updated, name, tags) values ({Guid.NewGuid()}, {Now}, {Now}, {"first"}, {RawJson.EmptyArray})");

        var error = await Assert.ThrowsAsync<DatabaseException>(() => world.Db.WriteAsync(batch));

        Assert.Equal(DatabaseErrorKind.UniqueViolation, error.Kind);
        Assert.Equal(0, await world.CountFlowsAsync("first"));
    }

    [Fact]
    public async Task A_batch_whose_requirement_does_not_hold_leaves_nothing()
    {
        await using var world = await World.OpenAsync(kind);
        await world.AddFlowAsync(Guid.NewGuid(), "there");

        var kept = await Assert.ThrowsAsync<DatabaseException>(() => world.Db.WriteAsync(Requiring(2)));
        Assert.Equal(DatabaseErrorKind.Overtaken, kept.Kind);
        Assert.Equal((0, 0), (await world.CountFlowsAsync("before"), await world.CountFlowsAsync("after")));

        await world.Db.WriteAsync(Requiring(1));
        Assert.Equal((1, 1), (await world.CountFlowsAsync("before"), await world.CountFlowsAsync("after")));

        static SqlBatch Requiring(int flows)
        {
            var batch = new SqlBatch();
            batch.Execute($"insert into flow (id, created, updated, name, tags) values ({Guid.NewGuid()}, {Now}, {Now}, {"before"}, {RawJson.EmptyArray})");
            batch.Require($"(select count(*) from (select id from flow where name = {"there"} for update) held) = {flows}");
            batch.Execute($"insert into flow (id, created, updated, name, tags) values ({Guid.NewGuid()}, {Now}, {Now}, {"after"}, {RawJson.EmptyArray})");
            return batch;
        }
    }

    [Fact]
    public async Task Decisions_of_many_at_once_all_count()
    {
        await using var world = await World.OpenAsync(kind);
        var id = Guid.NewGuid();
        await world.AddFlowAsync(id, "counter");
        await world.Db.ExecuteAsync($"update flow set tags = {RawJson.Parse("[\"0\"]")} where id = {id}");

        await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            for (var i = 0; i < 5; i++) await Db.DecideAsync(CountAsync);
        }));

        Assert.Equal("40", await ReadAsync());

        async Task CountAsync()
        {
            var read = await ReadAsync();
            var next = int.Parse(read!, System.Globalization.CultureInfo.InvariantCulture) + 1;
            var batch = new SqlBatch();
            batch.Require($"(select tags ->> 0 from (select f.tags from flow f where f.id = {id} for update) held) = {read:text}");
            batch.Execute($"update flow set tags = {RawJson.Parse($"[\"{next}\"]")} where id = {id}");
            await world.Db.WriteAsync(batch);
        }

        Task<string?> ReadAsync() => world.Db.OneAsync($"select tags ->> 0 from flow where id = {id}", static row => row.GetString(0));
    }

    [Fact]
    public async Task A_decision_that_never_holds_is_given_up_as_a_lost_race()
    {
        await using var world = await World.OpenAsync(kind);
        await world.AddFlowAsync(Guid.NewGuid(), "there");
        var tries = 0;

        var error = await Assert.ThrowsAsync<DatabaseException>(() => Db.DecideAsync(() =>
        {
            tries++;
            var batch = new SqlBatch();
            batch.Require($"exists (select 1 from flow where name = {"elsewhere"})");
            return world.Db.WriteAsync(batch);
        }));

        Assert.Equal(DatabaseErrorKind.Retryable, error.Kind);
        Assert.InRange(tries, 2, 1000);
    }

    [Fact]
    public async Task A_missing_parent_is_told_as_a_foreign_key()
    {
        await using var world = await World.OpenAsync(kind);

        var error = await Assert.ThrowsAsync<DatabaseException>(() => world.Db.ExecuteAsync(
            $"insert into flow_run (id, flow_id, name, created, updated) values ({Guid.NewGuid()}, {Guid.NewGuid()}, {"x"}, {Now}, {Now})"));

        Assert.Equal(DatabaseErrorKind.ForeignKeyViolation, error.Kind);
    }

    [Fact]
    public async Task Fifty_writers_at_once_all_succeed_and_one_that_fails_harms_no_other()
    {
        await using var world = await World.OpenAsync(kind);
        await world.AddFlowAsync(Guid.NewGuid(), "taken");

        var writes = Enumerable.Range(0, 50).Select(async n =>
        {
            for (var i = 0; i < 10; i++)
            {
                var name = n % 10 == 9 && i == 5 ? "taken" : $"w{n}-{i}";
                try
                {
                    await world.AddFlowAsync(Guid.NewGuid(), name);
                }
                catch (DatabaseException error) when (error.Kind == DatabaseErrorKind.UniqueViolation && name == "taken")
                {
                    // Expected of these, and of nobody else.
                }
            }
        });
        await Task.WhenAll(writes);

        Assert.Equal(495, await world.Db.OneAsync($"select count(*) from flow where name like {"w%"}", static row => row.GetInt32(0)));
    }

    [Fact]
    public async Task A_signal_is_heard_after_the_commit_and_not_lost_before_the_wait()
    {
        await using var world = await World.OpenAsync(kind);
        using var waiter = world.Db.Signals.Listen("topic");
        var batch = new SqlBatch();
        batch.Execute($"update flow set updated = {Now}");
        batch.Signal("topic");

        await world.Db.WriteAsync(batch);

        Assert.True(await waiter.WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System, CancellationToken.None));
    }

    [Fact]
    public async Task A_wait_without_end_ends_by_a_signal_alone()
    {
        using var waiter = new DbSignals().Listen("topic");
        Assert.False(await waiter.WaitAsync(TimeSpan.Zero, TimeProvider.System, CancellationToken.None));

        var waiting = waiter.WaitAsync(Timeout.InfiniteTimeSpan, TimeProvider.System, CancellationToken.None);
        Assert.False(waiting.IsCompleted);
        waiter.Set();
        Assert.True(await waiting);
    }

    [Fact]
    public async Task Many_rows_go_in_few_statements()
    {
        await using var world = await World.OpenAsync(kind);
        var names = Enumerable.Range(0, 150).Select(static n => $"many-{n}").ToList();
        var batch = new SqlBatch();

        var results = batch.Insert(
            $"insert into flow (id, created, updated, name, tags)", names,
            name => $"({Guid.NewGuid()}, {Now}, {Now}, {name}, {RawJson.EmptyArray})", $"on conflict (name) do nothing");
        await world.Db.WriteAsync(batch);

        Assert.Equal(150, results.Sum(static result => result.Value));
        Assert.True(results.Count < 10);
    }

    private sealed class World(TestDatabase database, Db db, Guid flow) : IAsyncDisposable
    {
        public Db Db => db;

        public Guid Flow => flow;

        public static async Task<World> OpenAsync(DatabaseKind kind)
        {
            var database = await MigratedDatabase.CreateAsync(kind);
            var signals = new DbSignals();
            Db db = kind == DatabaseKind.Postgres
                ? new PostgresDb(new PostgresOptions { ConnectionString = database.ConnectionString }, signals, TimeProvider.System)
                : new SqliteDb(new Microsoft.Data.Sqlite.SqliteConnectionStringBuilder(database.ConnectionString).DataSource, signals, TimeProvider.System);
            var world = new World(database, db, Guid.NewGuid());
            await world.AddFlowAsync(world.Flow, "flow");
            return world;
        }

        public Task AddFlowAsync(Guid id, string name) =>
            db.ExecuteAsync($"insert into flow (id, created, updated, name, tags) values ({id}, {Now}, {Now}, {name}, {RawJson.EmptyArray})");

        public Task<int> CountFlowsAsync(string name) =>
            db.OneAsync($"select count(*) from flow where name = {name}", static row => row.GetInt32(0));

        public async ValueTask DisposeAsync()
        {
            await db.DisposeAsync();
            await database.DisposeAsync();
        }
    }
}

public sealed class PostgresDbContractTests() : DbContractTests(DatabaseKind.Postgres);

public sealed class SqliteDbContractTests() : DbContractTests(DatabaseKind.Sqlite);
