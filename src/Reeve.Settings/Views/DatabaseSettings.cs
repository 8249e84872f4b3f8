using System.Globalization;
using Reeve.Settings.Database;

namespace Reeve.Settings.Views;

/// <summary>Where the database is and how connections to it behave.</summary>
public sealed class DatabaseSettings
{
    // Npgsql's own ceiling when the pool is not to be limited.
    private const int UnlimitedPool = 1024;

    public DatabaseSettings(ResolvedSettings settings)
    {
        Url = WithSettings(DatabaseUrl.Parse(settings.Text("server.database.connection_url")), settings);
        Echo = settings.Bool("server.database.echo");
        MigrateOnStart = settings.Bool("server.database.migrate_on_start");
        Timeout = settings.OptionalSeconds("server.database.timeout");
        ConnectionTimeout = settings.OptionalSeconds("server.database.connection_timeout");
        MigrationTimeout = settings.OptionalSeconds("server.database.migration_timeout");
        var size = settings.Int("server.database.sqlalchemy.pool_size");
        var overflow = settings.Int("server.database.sqlalchemy.max_overflow");
        MaxPoolSize = size <= 0 || overflow < 0 ? UnlimitedPool : Math.Clamp(size + overflow, 1, UnlimitedPool);
        PoolTimeout = settings.OptionalSeconds("server.database.sqlalchemy.pool_timeout");
        if (settings.OptionalText("reeve.database_direct_url") is { Length: > 0 } direct) DirectUrl = WithSettings(DatabaseUrl.Parse(direct), settings);
        var recycle = settings.Int("server.database.sqlalchemy.pool_recycle");
        ConnectionLifetime = recycle > 0 ? TimeSpan.FromSeconds(recycle) : null;
    }

    /// <summary>The database, with the separate connection settings filled in where the URL itself is silent.</summary>
    public DatabaseUrl Url { get; }

    /// <summary>Log every statement.</summary>
    public bool Echo { get; }

    public bool MigrateOnStart { get; }

    /// <summary>Time a statement may take, or null for no limit; for SQLite the wait for the lock.</summary>
    public TimeSpan? Timeout { get; }

    /// <summary>Time opening a connection may take, or null for no limit.</summary>
    public TimeSpan? ConnectionTimeout { get; }

    /// <summary>Time a statement of a migration may take, or null for no limit.</summary>
    public TimeSpan? MigrationTimeout { get; }

    /// <summary>Connections the pool may open: pool size and overflow together.</summary>
    public int MaxPoolSize { get; }

    /// <summary>Time a caller waits for a free connection, or null for no limit.</summary>
    public TimeSpan? PoolTimeout { get; }

    /// <summary>PostgreSQL itself, where <see cref="Url"/> leads to a pooler that shares sessions; null: the same way.</summary>
    public DatabaseUrl? DirectUrl { get; }

    /// <summary>Age at which a connection is replaced, or null for never.</summary>
    public TimeSpan? ConnectionLifetime { get; }

    /// <summary>An Npgsql connection string with the pool and the timeouts, password included.</summary>
    /// <exception cref="InvalidOperationException">The database is SQLite.</exception>
    public string ToNpgsqlConnectionString()
    {
        var pairs = new List<KeyValuePair<string, string>>(Url.ToNpgsqlPairs())
        {
            new("Maximum Pool Size", MaxPoolSize.ToString(CultureInfo.InvariantCulture)),
            new("Connection Lifetime", ((int)(ConnectionLifetime?.TotalSeconds ?? 0)).ToString(CultureInfo.InvariantCulture)),
        };
        return NpgsqlPairs.Join(pairs);
    }

    private static DatabaseUrl WithSettings(DatabaseUrl url, ResolvedSettings settings)
    {
        const string Arguments = "server.database.sqlalchemy.connect_args.";
        if (url.Dialect == DatabaseDialect.Sqlite) return url;
        // Npgsql takes 0 for no limit, as null means here.
        url = url with
        {
            CommandTimeout = url.CommandTimeout ?? settings.OptionalSeconds("server.database.timeout") ?? TimeSpan.Zero,
            ConnectTimeout = url.ConnectTimeout ?? settings.OptionalSeconds("server.database.connection_timeout") ?? TimeSpan.Zero,
            ApplicationName = settings.OptionalText(Arguments + "application_name") ?? url.ApplicationName ?? "reeve",
            SearchPath = settings.OptionalText(Arguments + "search_path") ?? url.SearchPath,
            StatementCacheSize = Smallest(
                url.StatementCacheSize,
                settings.OptionalInt(Arguments + "statement_cache_size"),
                settings.OptionalInt(Arguments + "prepared_statement_cache_size")),
        };
        if (!settings.Bool(Arguments + "tls.enabled")) return url;
        return url with
        {
            Tls = settings.Bool(Arguments + "tls.check_hostname") ? TlsMode.VerifyFull : TlsMode.VerifyCa,
            TlsRootCertificate = settings.OptionalText(Arguments + "tls.ca_file") ?? url.TlsRootCertificate,
            TlsCertificate = settings.OptionalText(Arguments + "tls.cert_file") ?? url.TlsCertificate,
            TlsKey = settings.OptionalText(Arguments + "tls.key_file") ?? url.TlsKey,
        };
    }

    private static int? Smallest(params ReadOnlySpan<int?> sizes)
    {
        int? smallest = null;
        foreach (var size in sizes) smallest = size < (smallest ?? int.MaxValue) ? size : smallest;
        return smallest;
    }
}
