using Npgsql;
using Reeve.Data.Schema;
using Reeve.Testing;

namespace Reeve.Data.Tests.Schema;

public sealed class PostgresSchemaLockTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_step_outside_a_transaction_can_build_an_index_while_another_migrator_waits()
    {
        await using var database = await MigratedDatabase.CreateAsync(DatabaseKind.Postgres);
        await using var first = await database.OpenAsync();
        await using var second = await database.OpenAsync();
        var index = new MigrationStep("index", ["drop index concurrently if exists reeve_ix_x", "create index concurrently reeve_ix_x on reeve_outbox (occurred)"], Transactional: false);

        Task<SchemaLock> waiting;
        await using (var held = await LockAsync(first, TimeProvider.System))
        {
            waiting = LockAsync(second, TimeProvider.System);
            await held.RunAsync(index, Cancellation);
            await held.CompleteAsync(Cancellation);
            Assert.False(waiting.IsCompleted);
        }

        await using var then = await Eventually.WithinAsync(waiting, "second migrator", "advisory lock", "the lock after the first gave it back");
        Assert.Equal(1L, await database.ScalarAsync<long>("select count(*) from pg_indexes where indexname = 'reeve_ix_x'"));
    }

    [Fact]
    public async Task A_wait_for_another_migrator_ends_and_says_where_to_look()
    {
        await using var database = await TemplateDatabase.EmptyAsync(DatabaseKind.Postgres);
        await using var first = await database.OpenAsync();
        await using var second = await database.OpenAsync();
        var clock = new TestClock();

        await using var held = await LockAsync(first, clock);
        var waiting = LockAsync(second, clock);
        await clock.TimerArmedAsync(after: 0, "waiting migrator");
        clock.Advance(TimeSpan.FromMinutes(3));

        var error = await Assert.ThrowsAsync<SchemaException>(() => waiting);
        Assert.Contains("pg_locks", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_the_right_to_create_the_extension_the_error_names_the_command()
    {
        await using var database = await TemplateDatabase.EmptyAsync(DatabaseKind.Postgres);
        var role = $"reeve_role_{Guid.NewGuid():N}";
        var cluster = await PostgresCluster.SharedAsync();
        await cluster.ExecuteAsync($"create role {role} login");
        try
        {
            // May create tables, but not in the sense of the database, which extensions ask for.
            await database.ExecuteAsync($"grant create, usage on schema public to {role}");
            await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(database.ConnectionString) { Username = role }.ConnectionString);

            var error = await Assert.ThrowsAsync<SchemaException>(
                () => Migrator.ForPostgres(source, TimeProvider.System).UpgradeAsync(Cancellation));

            Assert.Contains("CREATE EXTENSION IF NOT EXISTS pg_trgm", error.Message, StringComparison.Ordinal);
            Assert.Contains("superuser", error.Message, StringComparison.Ordinal);

            await database.ExecuteAsync("create extension pg_trgm");
            await Migrator.ForPostgres(source, TimeProvider.System).UpgradeAsync(Cancellation);
        }
        finally
        {
            await database.ExecuteAsync($"drop owned by {role}");
            await cluster.ExecuteAsync($"drop role {role}");
        }
    }

    private static Task<SchemaLock> LockAsync(System.Data.Common.DbConnection connection, TimeProvider clock) =>
        SchemaDialect.Postgres.LockAsync(connection, TimeSpan.FromMinutes(2), clock, Cancellation);
}
