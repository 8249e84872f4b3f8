using Microsoft.Data.Sqlite;
using Npgsql;
using Reeve.Data.Schema;
using Reeve.Testing;

namespace Reeve.Data.Tests.Schema;

public abstract class MigratorTests(DatabaseKind kind) : IAsyncLifetime
{
    private const string FlowRow = "insert into flow (name) values ('kept')";

    private TestDatabase database = null!;
    private NpgsqlDataSource? source;
    private Migrator migrator = null!;

    private SchemaDialect Dialect => kind == DatabaseKind.Sqlite ? SchemaDialect.Sqlite : SchemaDialect.Postgres;

    public async ValueTask InitializeAsync()
    {
        database = await TemplateDatabase.EmptyAsync(kind);
        source = kind == DatabaseKind.Postgres ? NpgsqlDataSource.Create(database.ConnectionString) : null;
        migrator = CreateMigrator();
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (source is not null)
            await source.DisposeAsync();
        await database.DisposeAsync();
    }

    [Fact]
    public async Task An_empty_database_gets_prefects_tables_and_ours()
    {
        Assert.Equal(SchemaKind.Empty, (await migrator.InspectAsync()).Kind);

        await migrator.UpgradeAsync();

        var state = await migrator.InspectAsync();
        Assert.Equal(SchemaKind.PrefectAtHead, state.Kind);
        Assert.Equal(Dialect.Migrations.PrefectHead, state.PrefectRevision);
        Assert.True(state.IsCurrent);
        Assert.Equal(36, state.Tables.Count(t => !t.StartsWith("reeve_", StringComparison.Ordinal)));
        Assert.Contains("reeve_outbox", state.Tables);
        Assert.Empty(state.Unrecognised);
    }

    [Fact]
    public async Task A_second_upgrade_does_nothing()
    {
        await migrator.UpgradeAsync();
        Assert.Empty((await migrator.UpgradeAsync()).Steps);
        Assert.Empty((await migrator.PlanUpgradeAsync()).Steps);
    }

    [Fact]
    public async Task A_plan_tells_the_statements_and_changes_nothing()
    {
        var plan = await migrator.PlanUpgradeAsync();

        Assert.Contains("create table flow_run (", plan.ToString(), StringComparison.Ordinal);
        Assert.Contains("insert into reeve_migration (number, name) values (1, 'outbox');", plan.ToString(), StringComparison.Ordinal);
        Assert.Equal(SchemaKind.Empty, (await migrator.InspectAsync()).Kind);
    }

    [Fact]
    public async Task A_prefect_database_at_head_is_adopted_as_it_is()
    {
        await MakePrefectAsync();
        await database.ExecuteAsync(FlowRow);
        var before = await DumpAsync();
        Assert.NotEmpty(before);

        var done = await migrator.UpgradeAsync();

        Assert.DoesNotContain(done.Steps, s => s.Name.Contains("Prefect", StringComparison.Ordinal));
        Assert.Equal(before, await DumpAsync());
        Assert.Equal(1L, await CountAsync("flow where name = 'kept'"));
        Assert.True((await migrator.InspectAsync()).IsCurrent);
    }

    [Fact]
    public async Task An_older_prefect_database_is_refused_and_left_alone()
    {
        await MakePrefectAsync();
        var older = Dialect.Migrations.PrefectRevisions[^2];
        await database.ExecuteAsync($"update alembic_version set version_num = '{older}'");
        var before = await DumpAsync();

        var error = await Assert.ThrowsAsync<SchemaException>(() => migrator.UpgradeAsync());

        Assert.Contains("prefect server database upgrade", error.Message, StringComparison.Ordinal);
        Assert.Contains(older, error.Message, StringComparison.Ordinal);
        Assert.Equal(SchemaKind.OlderPrefect, (await migrator.InspectAsync()).Kind);
        Assert.Equal(before, await DumpAsync());
        Assert.DoesNotContain((await migrator.InspectAsync()).Tables, t => t.StartsWith("reeve_", StringComparison.Ordinal));
        await Assert.ThrowsAsync<SchemaException>(() => migrator.ResetAsync());
        Assert.Equal(before, await DumpAsync());
    }

    [Fact]
    public async Task A_newer_prefect_database_is_refused_and_left_alone()
    {
        await MakePrefectAsync();
        await database.ExecuteAsync("update alembic_version set version_num = 'feedfacecafe'");

        var error = await Assert.ThrowsAsync<SchemaException>(() => migrator.UpgradeAsync());

        Assert.Contains("feedfacecafe", error.Message, StringComparison.Ordinal);
        var state = await migrator.InspectAsync();
        Assert.Equal(SchemaKind.NewerOrUnknownPrefect, state.Kind);
        Assert.False(state.HasJournal);
    }

    [Fact]
    public async Task A_database_of_something_else_is_refused_and_left_alone()
    {
        await database.ExecuteAsync("create table customer (id integer primary key)");

        var error = await Assert.ThrowsAsync<SchemaException>(() => migrator.UpgradeAsync());

        Assert.Contains("customer", error.Message, StringComparison.Ordinal);
        var state = await migrator.InspectAsync();
        Assert.Equal(SchemaKind.Unknown, state.Kind);
        Assert.Equal(["customer"], state.Tables);
        await Assert.ThrowsAsync<SchemaException>(() => migrator.ResetAsync());
    }

    [Fact]
    public async Task What_a_prefect_downgrade_to_the_base_leaves_behind_counts_as_empty()
    {
        await database.ExecuteAsync("create table alembic_version (version_num varchar(32) not null, constraint alembic_version_pkc primary key (version_num))");

        await migrator.UpgradeAsync();

        Assert.True((await migrator.InspectAsync()).IsCurrent);
    }

    [Fact]
    public async Task Five_migrators_at_once_do_the_work_once()
    {
        var plans = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Task.Run(() => CreateMigrator().UpgradeAsync())));

        Assert.Single(plans, p => p.Steps.Count > 0);
        Assert.True((await migrator.InspectAsync()).IsCurrent);
    }

    [Fact]
    public async Task A_step_that_fails_leaves_nothing_of_itself()
    {
        await MakePrefectAsync();
        // A table of that name made by hand: the first own migration cannot succeed.
        await database.ExecuteAsync("create table reeve_outbox (x integer)");

        var error = await Assert.ThrowsAsync<SchemaException>(() => migrator.UpgradeAsync());

        Assert.Contains("0001_outbox", error.Message, StringComparison.Ordinal);
        Assert.Empty((await migrator.InspectAsync()).Applied);

        await database.ExecuteAsync("drop table reeve_outbox");
        await migrator.UpgradeAsync();
        Assert.True((await migrator.InspectAsync()).IsCurrent);
    }

    [Fact]
    public async Task A_downgrade_removes_what_is_ours_and_nothing_else()
    {
        await MakePrefectAsync();
        await database.ExecuteAsync(FlowRow);
        var before = await DumpAsync();
        await migrator.UpgradeAsync();

        await migrator.DowngradeAsync();

        var state = await migrator.InspectAsync();
        Assert.Equal(SchemaKind.PrefectAtHead, state.Kind);
        Assert.DoesNotContain(state.Tables, t => t.StartsWith("reeve_", StringComparison.Ordinal));
        Assert.Equal(before, await DumpAsync());
        Assert.Equal(1L, await CountAsync("flow"));
        Assert.Empty((await migrator.DowngradeAsync()).Steps);
    }

    [Fact]
    public async Task A_reset_leaves_a_fresh_schema_without_rows()
    {
        await migrator.UpgradeAsync();
        var before = await DumpAsync();
        await database.ExecuteAsync(FlowRow);

        await migrator.ResetAsync();

        Assert.Equal(0L, await CountAsync("flow"));
        Assert.Equal(before, await DumpAsync());
        Assert.True((await migrator.InspectAsync()).IsCurrent);
    }

    [Fact]
    public async Task A_stamp_records_without_running()
    {
        await MakePrefectAsync();
        var older = Dialect.Migrations.PrefectRevisions[0];

        await migrator.StampAsync(older);
        Assert.Equal(SchemaKind.OlderPrefect, (await migrator.InspectAsync()).Kind);

        await migrator.StampAsync("head");
        var state = await migrator.InspectAsync();
        Assert.True(state.IsCurrent);
        Assert.DoesNotContain("reeve_outbox", state.Tables);

        await migrator.StampAsync("0");
        Assert.Equal(Dialect.Migrations.Own.Select(m => m.Number), (await migrator.InspectAsync()).Pending.Select(m => m.Number));
        await Assert.ThrowsAsync<SchemaException>(() => migrator.StampAsync("nonsense"));
        await Assert.ThrowsAsync<SchemaException>(() => migrator.StampAsync("999"));
    }

    [Fact]
    public async Task A_newer_reeves_migrations_are_left_in_peace_but_block_a_downgrade()
    {
        await migrator.UpgradeAsync();
        await database.ExecuteAsync("insert into reeve_migration (number, name) values (9000, 'from_the_future')");

        Assert.Empty((await migrator.UpgradeAsync()).Steps);
        Assert.Equal(["9000_from_the_future"], (await migrator.InspectAsync()).Unrecognised);
        await Assert.ThrowsAsync<SchemaException>(() => migrator.DowngradeAsync());
    }

    [Fact]
    public async Task Another_builds_migration_of_the_same_number_is_refused()
    {
        await migrator.UpgradeAsync();
        await database.ExecuteAsync("update reeve_migration set name = 'inbox' where number = 1");

        var error = await Assert.ThrowsAsync<SchemaException>(() => migrator.UpgradeAsync());

        Assert.Contains("0001_inbox", error.Message, StringComparison.Ordinal);
    }

    private Migrator CreateMigrator() => source is null
        ? Migrator.ForSqlite(database.ConnectionString, TimeProvider.System)
        : Migrator.ForPostgres(source, TimeProvider.System);

    private async Task MakePrefectAsync()
    {
        foreach (var statement in Dialect.Migrations.Baseline.Up.Statements)
            await database.ExecuteAsync(statement);
        SqliteConnection.ClearAllPools();
    }

    private async Task<long> CountAsync(string from) => await database.ScalarAsync<long>($"select count(*) from {from}");

    private async Task<string> DumpAsync()
    {
        var text = kind == DatabaseKind.Sqlite
            ? "select group_concat(name || ':' || coalesce(sql, ''), char(10)) from (select name, sql from sqlite_master where name not like 'reeve%' and tbl_name not like 'reeve%' and name not like 'sqlite%' order by name)"
            : """
              select string_agg(line, chr(10) order by line) from (
                select table_name || '.' || column_name || ' ' || ordinal_position || data_type || is_nullable || coalesce(column_default, '') as line
                from information_schema.columns where table_schema = 'public' and table_name not like 'reeve%'
                union all
                select indexdef from pg_indexes where schemaname = 'public' and tablename not like 'reeve%' and indexname not like 'reeve%'
                union all
                select conname || pg_get_constraintdef(oid) from pg_constraint where conname not like '%reeve%'
                  and connamespace = 'public'::regnamespace) facts
              """;
        return await database.ScalarAsync<string>(text) ?? "";
    }
}
