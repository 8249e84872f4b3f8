using System.Data.Common;

namespace Reeve.Data.Schema;

/// <summary>What differs between the databases when it comes to the schema.</summary>
public abstract class SchemaDialect
{
    private readonly Lazy<MigrationCatalogue> migrations;

    private protected SchemaDialect(string folder) => migrations = new(() => MigrationCatalogue.Load(folder));

    /// <summary>PostgreSQL 14 and up.</summary>
    public static SchemaDialect Postgres { get; } = new PostgresSchema();

    /// <summary>SQLite 3.24 and up.</summary>
    public static SchemaDialect Sqlite { get; } = new SqliteSchema();

    /// <summary>This dialect's migrations.</summary>
    public MigrationCatalogue Migrations => migrations.Value;

    /// <summary>A query for the names of all tables that no extension owns, sorted.</summary>
    internal abstract string TablesQuery { get; }

    /// <summary>The statement that makes <c>reeve_migration</c>.</summary>
    internal abstract string CreateJournal { get; }

    /// <summary>Waits until no other process migrates this database, at most <paramref name="patience"/>.</summary>
    /// <exception cref="SchemaException">Another process kept the lock.</exception>
    internal abstract Task<SchemaLock> LockAsync(DbConnection connection, TimeSpan patience, TimeProvider clock, CancellationToken cancellation);

    /// <summary>The driver's error as ours, of the same kind as everywhere else, saying which database.</summary>
    internal abstract DatabaseException Translate(string database, Exception error);

    /// <summary>What a person can do about this failure of this statement; null when we cannot tell.</summary>
    internal virtual string? Advise(string statement, DbConnection connection, DbException error) => null;
}
