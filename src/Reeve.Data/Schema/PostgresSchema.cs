using System.Data.Common;
using Npgsql;
using Reeve.Data.Postgres;

namespace Reeve.Data.Schema;

/// <summary>The schema on PostgreSQL: one advisory lock, a transaction a step.</summary>
internal sealed class PostgresSchema() : SchemaDialect("postgres")
{
    // "reeve" in ASCII; the number only has to be the same in every Reeve process.
    private const long LockKey = 0x7265657665;

    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(100);

    internal override string TablesQuery =>
        """
        select c.relname
        from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where n.nspname = current_schema() and c.relkind in ('r', 'p')
          and not exists (
            select from pg_depend d
            where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
        order by c.relname
        """;

    internal override string CreateJournal =>
        """
        create table reeve_migration (
            number integer not null,
            name text not null,
            applied timestamptz default current_timestamp not null,
            constraint pk_reeve_migration primary key (number)
        )
        """;

    internal override async Task<SchemaLock> LockAsync(
        DbConnection connection, TimeSpan patience, TimeProvider clock, CancellationToken cancellation)
    {
        if (connection is NpgsqlConnection session && await PostgresSession.IsSharedAsync(session, cancellation))
            throw new SchemaException(
                $"The database '{connection.Database}' has to be migrated, and is reached through a pooler that shares sessions, where the lock that keeps two "
                + "migrations apart does not hold. Set PREFECT_REEVE_DATABASE_DIRECT_URL to the way past the pooler, or migrate with "
                + "`reeve server database upgrade -y` and PREFECT_API_DATABASE_CONNECTION_URL set to PostgreSQL itself.");

        // Asked for again and again instead of waited for: a waiting statement keeps a snapshot,
        // and "create index concurrently" of the process that holds the lock would wait for that.
        var start = clock.GetTimestamp();
        while (await connection.ScalarAsync($"select pg_try_advisory_lock({LockKey})", cancellation) is not true)
        {
            if (clock.GetElapsedTime(start) >= patience)
                throw new SchemaException(
                    $"Another process has been migrating the database '{connection.Database}' for more than {patience.TotalSeconds:0} seconds. "
                    + "Wait for it, or look for its session in pg_locks where locktype = 'advisory'.");
            await Task.Delay(PollInterval, clock, cancellation);
        }

        return new Held(this, connection);
    }

    internal override DatabaseException Translate(string database, Exception error) =>
        new(PostgresErrors.From(error).Kind, $"Cannot use {database}: {PostgresErrors.Reason(error)}", null, error);

    internal override string? Advise(string statement, DbConnection connection, DbException error) =>
        statement.StartsWith("create extension", StringComparison.Ordinal) && error is PostgresException
        {
            SqlState: PostgresErrorCodes.InsufficientPrivilege or PostgresErrorCodes.UndefinedFile or PostgresErrorCodes.FeatureNotSupported,
        }
            ? $"Reeve needs the extension pg_trgm (from the PostgreSQL contrib package). As a superuser run, then start again: "
              + $"psql -d {connection.Database} -c 'CREATE EXTENSION IF NOT EXISTS pg_trgm'"
            : null;

    private sealed class Held(SchemaDialect dialect, DbConnection connection) : SchemaLock
    {
        public override async Task RunAsync(MigrationStep step, CancellationToken cancellation)
        {
            if (!step.Transactional)
            {
                await ExecuteAsync(dialect, connection, transaction: null, step, cancellation);
                return;
            }

            await using var transaction = await connection.BeginTransactionAsync(cancellation);
            await ExecuteAsync(dialect, connection, transaction, step, cancellation);
            await transaction.CommitAsync(cancellation);
        }

        public override Task CompleteAsync(CancellationToken cancellation) => Task.CompletedTask;

        public override async ValueTask DisposeAsync()
        {
            // A broken connection has already lost the lock.
            if (connection.State == System.Data.ConnectionState.Open)
                await connection.ExecuteAsync($"select pg_advisory_unlock({LockKey})", CancellationToken.None);
            // Connections of this pool may have looked up types before the migration made them.
            if (connection is NpgsqlConnection { State: System.Data.ConnectionState.Open } npgsql)
                await npgsql.ReloadTypesAsync(CancellationToken.None);
        }
    }
}
