using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Reeve.Testing;

/// <summary>A database of one test's or test class's own, dropped when disposed.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private readonly Func<Task> drop;

    internal TestDatabase(DatabaseKind kind, string connectionString, Func<Task> drop)
    {
        Kind = kind;
        ConnectionString = connectionString;
        this.drop = drop;
    }

    public DatabaseKind Kind { get; }

    /// <summary>For Npgsql or Microsoft.Data.Sqlite.</summary>
    public string ConnectionString { get; }

    /// <summary>The same as a value of PREFECT_API_DATABASE_CONNECTION_URL.</summary>
    public string Url
    {
        get
        {
            if (Kind == DatabaseKind.Sqlite)
                return $"sqlite+aiosqlite:///{new SqliteConnectionStringBuilder(ConnectionString).DataSource}";
            var parts = new NpgsqlConnectionStringBuilder(ConnectionString);
            var password = parts.Password is { Length: > 0 } secret ? ":" + Uri.EscapeDataString(secret) : "";
            return $"postgresql+asyncpg://{Uri.EscapeDataString(parts.Username!)}{password}@{parts.Host}:{parts.Port}/{parts.Database}";
        }
    }

    /// <summary>A connection beside the code under test, for rows to prepare or to look at.</summary>
    public async Task<DbConnection> OpenAsync()
    {
        DbConnection connection = Kind == DatabaseKind.Sqlite ? new SqliteConnection(ConnectionString) : new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync();
        return connection;
    }

    /// <summary>Runs statements, such as inserts that a test starts from.</summary>
    public async Task ExecuteAsync(string sql)
    {
        await using var connection = await OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>The first column of the first row.</summary>
    public async Task<T?> ScalarAsync<T>(string sql)
    {
        await using var connection = await OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteScalarAsync() is T value ? value : default;
    }

    public async ValueTask DisposeAsync() => await drop();
}
