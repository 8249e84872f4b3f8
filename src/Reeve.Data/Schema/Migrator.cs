using System.Data.Common;
using System.Net.Sockets;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Reeve.Data.Schema;

/// <summary>
/// Brings a database to the schema and back. Any number of processes may call it at once: one works, the others wait and
/// find nothing left to do.
/// </summary>
/// <param name="dialect">Which kind of database it is.</param>
/// <param name="open">Opens a new connection; the migrator disposes of it.</param>
/// <param name="clock">Measures the wait for another migrator.</param>
/// <param name="database">What errors call the database, such as "the database" and its URL without the password.</param>
public sealed class Migrator(
    SchemaDialect dialect, Func<CancellationToken, ValueTask<DbConnection>> open, TimeProvider clock, string database = "the database")
{
    /// <summary>How long to wait for another process that migrates the same database; two minutes unless set.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>The dialect and with it the migrations this program has.</summary>
    public SchemaDialect Dialect => dialect;

    /// <summary>A migrator for PostgreSQL. The source must not go through a pooler that shares sessions between transactions.</summary>
    public static Migrator ForPostgres(NpgsqlDataSource source, TimeProvider clock, string database = "the database") =>
        new(SchemaDialect.Postgres, async cancellation => await source.OpenConnectionAsync(cancellation), clock, database);

    /// <summary>A migrator for SQLite.</summary>
    public static Migrator ForSqlite(string connectionString, TimeProvider clock, string database = "the database") => new(
        SchemaDialect.Sqlite,
        async cancellation =>
        {
            var connection = new SqliteConnection(connectionString);
            await connection.OpenAsync(cancellation);
            return connection;
        },
        clock,
        database);

    /// <summary>What the database holds now.</summary>
    /// <exception cref="DatabaseException">The database cannot be reached or refuses; so in all methods here.</exception>
    public Task<SchemaState> InspectAsync(CancellationToken cancellation = default) =>
        WithConnectionAsync(connection => SchemaInspector.InspectAsync(dialect, connection, cancellation), cancellation);

    /// <summary>What <see cref="UpgradeAsync"/> would do.</summary>
    /// <exception cref="SchemaException">The database cannot be upgraded; the message says what to do.</exception>
    public Task<MigrationPlan> PlanUpgradeAsync(CancellationToken cancellation = default) =>
        PlanAsync(state => MigrationPlanner.Upgrade(dialect, state), cancellation);

    /// <summary>Makes or completes the schema. An existing Prefect database is adopted: only <c>reeve_*</c> is added.</summary>
    /// <returns>What was done; nothing when the database was current.</returns>
    /// <exception cref="SchemaException">The database cannot be upgraded; the message says what to do.</exception>
    public Task<MigrationPlan> UpgradeAsync(CancellationToken cancellation = default) =>
        RunAsync(state => MigrationPlanner.Upgrade(dialect, state), cancellation);

    /// <summary>What <see cref="DowngradeAsync"/> would do.</summary>
    public Task<MigrationPlan> PlanDowngradeAsync(int target = 0, CancellationToken cancellation = default) =>
        PlanAsync(state => MigrationPlanner.Downgrade(dialect, state, target), cancellation);

    /// <summary>Takes back our own migrations above <paramref name="target"/>; 0 leaves Prefect's tables alone. Prefect's own are never taken back.</summary>
    /// <exception cref="SchemaException">There is no such migration, or a newer Reeve was here.</exception>
    public Task<MigrationPlan> DowngradeAsync(int target = 0, CancellationToken cancellation = default) =>
        RunAsync(state => MigrationPlanner.Downgrade(dialect, state, target), cancellation);

    /// <summary>What <see cref="ResetAsync"/> would do.</summary>
    public Task<MigrationPlan> PlanResetAsync(CancellationToken cancellation = default) =>
        PlanAsync(state => MigrationPlanner.Reset(dialect, state), cancellation);

    /// <summary>Drops all tables of Prefect and Reeve with everything in them and makes them anew. Other tables are left alone.</summary>
    /// <exception cref="SchemaException">The database is not one this program made or adopted.</exception>
    public Task<MigrationPlan> ResetAsync(CancellationToken cancellation = default) =>
        RunAsync(state => MigrationPlanner.Reset(dialect, state), cancellation);

    /// <summary>What <see cref="StampAsync"/> would do.</summary>
    public Task<MigrationPlan> PlanStampAsync(string revision, CancellationToken cancellation = default) =>
        PlanAsync(state => MigrationPlanner.Stamp(dialect, state, revision), cancellation);

    /// <summary>Records a revision as reached without running anything.</summary>
    /// <param name="revision"><c>head</c>, a Prefect revision, or the number of one of our own migrations.</param>
    /// <param name="cancellation">Stops the wait.</param>
    /// <exception cref="SchemaException">There is no such revision.</exception>
    public Task<MigrationPlan> StampAsync(string revision, CancellationToken cancellation = default) =>
        RunAsync(state => MigrationPlanner.Stamp(dialect, state, revision), cancellation);

    private async Task<MigrationPlan> PlanAsync(Func<SchemaState, MigrationPlan> plan, CancellationToken cancellation) =>
        plan(await InspectAsync(cancellation));

    private Task<MigrationPlan> RunAsync(Func<SchemaState, MigrationPlan> decide, CancellationToken cancellation) => WithConnectionAsync(
        async connection =>
        {
            // Without the lock first: a start that has nothing to do waits for nobody, and a refused database is not even locked.
            if (decide(await SchemaInspector.InspectAsync(dialect, connection, cancellation)).Steps.Count == 0)
                return MigrationPlan.Nothing;

            await using var held = await dialect.LockAsync(connection, Patience, clock, cancellation);
            var plan = decide(await SchemaInspector.InspectAsync(dialect, connection, cancellation));
            foreach (var step in plan.Steps)
                await held.RunAsync(step, cancellation);
            await held.CompleteAsync(cancellation);
            return plan;
        },
        cancellation);

    private async Task<T> WithConnectionAsync<T>(Func<DbConnection, Task<T>> work, CancellationToken cancellation)
    {
        try
        {
            await using var connection = await open(cancellation);
            return await work(connection);
        }
        catch (Exception error) when (error is DbException or SocketException or IOException or TimeoutException)
        {
            throw dialect.Translate(database, error);
        }
    }
}
