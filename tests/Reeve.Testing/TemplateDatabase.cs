using Microsoft.Data.Sqlite;
using Npgsql;

namespace Reeve.Testing;

/// <summary>A database prepared once a process, of which every test gets a copy in milliseconds.</summary>
public sealed class TemplateDatabase
{
    private readonly DatabaseKind kind;
    private readonly Func<TestDatabase, Task> prepare;
    private readonly Lazy<Task<string>> template;

    /// <param name="kind">Which database.</param>
    /// <param name="prepare">Fills the new, empty template; it must leave no connection open.</param>
    public TemplateDatabase(DatabaseKind kind, Func<TestDatabase, Task> prepare)
    {
        this.kind = kind;
        this.prepare = prepare;
        template = new(kind == DatabaseKind.Sqlite ? MakeFileAsync : MakeDatabaseAsync);
    }

    /// <summary>An empty database, without a template.</summary>
    public static Task<TestDatabase> EmptyAsync(DatabaseKind kind) =>
        kind == DatabaseKind.Sqlite ? FileAsync(source: null) : DatabaseAsync("template0");

    /// <summary>A copy of the template.</summary>
    public async Task<TestDatabase> CreateAsync()
    {
        var source = await template.Value;
        return await (kind == DatabaseKind.Sqlite ? FileAsync(source) : DatabaseAsync(source));
    }

    private static string FreshName() => $"reeve_test_{Guid.NewGuid():N}";

    private static async Task<TestDatabase> DatabaseAsync(string source)
    {
        var cluster = await PostgresCluster.SharedAsync();
        var name = FreshName();
        await cluster.ExecuteAsync($"create database {name} template {source}");
        var connectionString = cluster.ForDatabase(name);
        return new TestDatabase(DatabaseKind.Postgres, connectionString, async () =>
        {
            await using (var connection = new NpgsqlConnection(connectionString))
                NpgsqlConnection.ClearPool(connection);
            await cluster.ExecuteAsync($"drop database if exists {name} with (force)");
        });
    }

    private static Task<TestDatabase> FileAsync(string? source)
    {
        var directory = new TempDirectory();
        var path = directory.File("reeve.db");
        if (source is not null)
            File.Copy(source, path);
        var connectionString = $"Data Source={path}";
        return Task.FromResult(new TestDatabase(DatabaseKind.Sqlite, connectionString, () =>
        {
            using (var connection = new SqliteConnection(connectionString))
                SqliteConnection.ClearPool(connection);
            directory.Dispose();
            return Task.CompletedTask;
        }));
    }

    private async Task<string> MakeDatabaseAsync()
    {
        var cluster = await PostgresCluster.SharedAsync();
        var name = FreshName();
        await cluster.ExecuteAsync($"create database {name} template template0");
        // Without a pool: a database that anyone is connected to cannot be copied.
        var connectionString = cluster.ForDatabase(name) + ";Pooling=false";
        await prepare(new TestDatabase(DatabaseKind.Postgres, connectionString, () => Task.CompletedTask));
        return name;
    }

    private async Task<string> MakeFileAsync()
    {
        var directory = new TempDirectory();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => directory.Dispose();
        var path = directory.File("template.db");
        var connectionString = $"Data Source={path};Pooling=false";
        await prepare(new TestDatabase(DatabaseKind.Sqlite, connectionString, () => Task.CompletedTask));
        // The write-ahead log is part of the database until a checkpoint puts it into the file.
        await using var connection = new SqliteConnection(connectionString);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "pragma wal_checkpoint(truncate)";
        await command.ExecuteNonQueryAsync();
        return path;
    }
}
