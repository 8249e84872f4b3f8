using Npgsql;
using Reeve.Data.Schema;

namespace Reeve.Testing;

/// <summary>A database with the full schema and no rows: a class fixture, made when first asked for.</summary>
/// <param name="kind">Which database.</param>
public abstract class MigratedDatabase(DatabaseKind kind) : IAsyncDisposable
{
    private static readonly TemplateDatabase PostgresTemplate = new(DatabaseKind.Postgres, UpgradeAsync);
    private static readonly TemplateDatabase SqliteTemplate = new(DatabaseKind.Sqlite, UpgradeAsync);

    private readonly Lazy<Task<TestDatabase>> database = new(() => CreateAsync(kind));

    public DatabaseKind Kind => kind;

    /// <summary>This fixture's database.</summary>
    public Task<TestDatabase> GetAsync() => database.Value;

    /// <summary>Another one, which the caller disposes of.</summary>
    public static Task<TestDatabase> CreateAsync(DatabaseKind kind) =>
        (kind == DatabaseKind.Sqlite ? SqliteTemplate : PostgresTemplate).CreateAsync();

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (database.IsValueCreated)
            await (await database.Value).DisposeAsync();
    }

    private static async Task UpgradeAsync(TestDatabase database)
    {
        if (database.Kind == DatabaseKind.Sqlite)
        {
            await Migrator.ForSqlite(database.ConnectionString, TimeProvider.System).UpgradeAsync();
            return;
        }

        await using var source = NpgsqlDataSource.Create(database.ConnectionString);
        await Migrator.ForPostgres(source, TimeProvider.System).UpgradeAsync();
    }
}
