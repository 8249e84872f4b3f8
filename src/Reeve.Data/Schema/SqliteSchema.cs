using System.Data.Common;
using Microsoft.Data.Sqlite;
using Reeve.Data.Sqlite;

namespace Reeve.Data.Schema;

/// <summary>The schema on SQLite: one transaction that holds the write lock around all steps.</summary>
internal sealed class SqliteSchema() : SchemaDialect("sqlite")
{
    private const int Busy = 5;
    private const int Locked = 6;

    internal override string TablesQuery =>
        "select name from sqlite_master where type = 'table' and name not like 'sqlite\\_%' escape '\\' order by name";

    internal override string CreateJournal =>
        """
        create table reeve_migration (
            number integer not null,
            name text not null,
            applied DATETIME default (strftime('%Y-%m-%d %H:%M:%f000', 'now')) not null,
            constraint pk_reeve_migration primary key (number)
        )
        """;

    internal override async Task<SchemaLock> LockAsync(
        DbConnection connection, TimeSpan patience, TimeProvider clock, CancellationToken cancellation)
    {
        var sqlite = (SqliteConnection)connection;
        var timeout = sqlite.DefaultTimeout;
        // Tables that refer to each other in circles cannot be dropped under enforcement, and the pragma is ignored inside a transaction.
        var enforced = await connection.ScalarAsync("pragma foreign_keys", cancellation) is 1L;
        try
        {
            sqlite.DefaultTimeout = (int)Math.Ceiling(patience.TotalSeconds);
            await connection.ExecuteAsync("pragma journal_mode = wal", cancellation);
            await connection.ExecuteAsync("pragma foreign_keys = off", cancellation);
            return new Held(this, sqlite, sqlite.BeginTransaction(deferred: false), enforced, timeout);
        }
        catch (SqliteException error) when (error.SqliteErrorCode is Busy or Locked)
        {
            throw new SchemaException(
                $"Another process has been writing to the database '{connection.DataSource}' for more than {patience.TotalSeconds:0} seconds. "
                + "Wait for it, or stop it.", error);
        }
        finally
        {
            sqlite.DefaultTimeout = timeout;
        }
    }

    internal override DatabaseException Translate(string database, Exception error)
    {
        var kind = error is SqliteException sqlite ? SqliteErrors.Kind(sqlite.SqliteErrorCode, sqlite.SqliteExtendedErrorCode) : DatabaseErrorKind.Unavailable;
        return new DatabaseException(kind, $"Cannot use {database}: {error.Message.TrimEnd('.')}", null, error);
    }

    private sealed class Held(
        SchemaDialect dialect, SqliteConnection connection, SqliteTransaction transaction, bool enforced, int timeout) : SchemaLock
    {
        public override Task RunAsync(MigrationStep step, CancellationToken cancellation) => step.Transactional
            ? ExecuteAsync(dialect, connection, transaction, step, cancellation)
            : throw new SchemaException($"Could not {step.Name}: on SQLite every migration needs a transaction.");

        public override Task CompleteAsync(CancellationToken cancellation) => transaction.CommitAsync(cancellation);

        public override async ValueTask DisposeAsync()
        {
            await transaction.DisposeAsync();
            connection.DefaultTimeout = timeout;
            // The connection may go back to a pool.
            if (enforced)
                await connection.ExecuteAsync("pragma foreign_keys = on", CancellationToken.None);
        }
    }
}
