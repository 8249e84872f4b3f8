using Npgsql;
using Reeve.Data;
using Reeve.Data.Postgres;
using Reeve.Data.Schema;
using Reeve.Data.Sqlite;
using Reeve.Settings.Database;
using Reeve.Settings.Views;

namespace Reeve.Server.Hosting;

/// <summary>From the settings to an open database and its migrator.</summary>
public static class Database
{
    /// <summary>Connections a process may open at most, whatever the pool setting of the reference's driver says.</summary>
    private const int MostConnections = 18;

    /// <param name="role">What the process does, for the name of its sessions.</param>
    public static Db Open(DatabaseSettings settings, string role, TimeProvider clock)
    {
        var signals = new DbSignals();
        if (settings.Url.Dialect == DatabaseDialect.Sqlite) return new SqliteDb(SqliteFile(settings.Url), signals, clock);
        var options = new PostgresOptions
        {
            ConnectionString = settings.ToNpgsqlConnectionString(),
            ApplicationName = $"{settings.Url.ApplicationName ?? "reeve"} {role} {Environment.ProcessId}",
            MaxConnections = Math.Min(settings.MaxPoolSize, MostConnections),
            DirectConnectionString = settings.DirectUrl?.ToNpgsqlConnectionString(),
            PoolTimeout = settings.PoolTimeout,
            StatementTimeout = settings.Timeout,
            Prepare = settings.Url.StatementCacheSize is { } size ? size > 0 : null,
        };
        return new PostgresDb(options, signals, clock);
    }

    public static Migrator CreateMigrator(DatabaseSettings settings, TimeProvider clock)
    {
        if (settings.Url.Dialect == DatabaseDialect.Sqlite)
        {
            var file = SqliteFile(settings.Url);
            return Migrator.ForSqlite($"Data Source={file};Pooling=False", clock, $"the database file {file}");
        }
        var url = settings.DirectUrl is { Dialect: DatabaseDialect.PostgreSql } direct ? direct : settings.Url;
        var timeout = settings.MigrationTimeout is { } limit ? (int)Math.Ceiling(limit.TotalSeconds) : 0;
        var way = url == settings.Url ? settings.ToNpgsqlConnectionString() : url.ToNpgsqlConnectionString();
        var source = new NpgsqlSlimDataSourceBuilder(new NpgsqlConnectionStringBuilder(PostgresSession.Writable(way)) { CommandTimeout = timeout }.ConnectionString);
        source.EnableTransportSecurity();
        return Migrator.ForPostgres(source.Build(), clock, $"the database {url}");
    }

    private static string SqliteFile(DatabaseUrl url)
    {
        // A database in memory would be another one for each connection; a private file serves the same purpose.
        if (url.SqliteInMemory) return Path.Combine(Path.GetTempPath(), $"reeve-{Environment.ProcessId}.db");
        var path = url.ToSqlitePath();
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder) Directory.CreateDirectory(folder);
        return path;
    }
}
