using Reeve.Settings.Values;

namespace Reeve.Settings.Database;

/// <summary>Where the database is, in whatever spelling it was given.</summary>
public sealed record DatabaseUrl
{
    public required DatabaseDialect Dialect { get; init; }

    /// <summary>PostgreSQL: the servers in the order they are tried. Empty for SQLite.</summary>
    public IReadOnlyList<DatabaseHost> Hosts { get; init; } = [];

    public string? User { get; init; }

    public string? Password { get; init; }

    /// <summary>PostgreSQL: the database's name, or null for the one named like the user.</summary>
    public string? Database { get; init; }

    /// <summary>PostgreSQL: TLS, or null for the driver's own choice (prefer).</summary>
    public TlsMode? Tls { get; init; }

    /// <summary>PEM file of the authorities trusted.</summary>
    public string? TlsRootCertificate { get; init; }

    /// <summary>PEM file of the client certificate.</summary>
    public string? TlsCertificate { get; init; }

    /// <summary>PEM file of the client certificate's key.</summary>
    public string? TlsKey { get; init; }

    public string? TlsKeyPassword { get; init; }

    public string? ApplicationName { get; init; }

    public string? SearchPath { get; init; }

    /// <summary>Command line options for the server session, such as <c>-c statement_timeout=5s</c>.</summary>
    public string? Options { get; init; }

    /// <summary>Time opening a connection may take.</summary>
    public TimeSpan? ConnectTimeout { get; init; }

    /// <summary>Time a statement may take.</summary>
    public TimeSpan? CommandTimeout { get; init; }

    /// <summary>any, primary, standby, read-write, read-only, prefer-primary or prefer-standby.</summary>
    public string? TargetSession { get; init; }

    public bool LoadBalanceHosts { get; init; }

    public string? PasswordFile { get; init; }

    /// <summary>Prepared statements kept on a connection, or null for the driver's own choice.</summary>
    public int? StatementCacheSize { get; init; }

    /// <summary>Pairs that mean the same to Npgsql as they are, in its words.</summary>
    public IReadOnlyDictionary<string, string> Extra { get; init; } = new Dictionary<string, string>();

    /// <summary>SQLite: the file, the name of a shared database in memory, or <c>:memory:</c>. Null for PostgreSQL.</summary>
    public string? SqlitePath { get; init; }

    /// <summary>SQLite: the database lives in memory and ends with the process.</summary>
    public bool SqliteInMemory { get; init; }

    /// <summary>SQLite: ReadWriteCreate, ReadWrite or ReadOnly; of no meaning in memory.</summary>
    public string SqliteMode { get; init; } = "ReadWriteCreate";

    /// <summary>Parts that were not understood and have no effect; one line each.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Reads a URL.</summary>
    /// <exception cref="SettingsException">It cannot be understood; the message does not contain the password.</exception>
    public static DatabaseUrl Parse(string text) =>
        TryParse(text, out var url, out var problem) ? url! : throw new SettingsException($"Database URL '{SecretMask.InUrl(text)}': {problem}");

    /// <summary>Reads a URL; <paramref name="problem"/> says in one sentence what is wrong and what would be right.</summary>
    public static bool TryParse(string text, out DatabaseUrl? url, out string problem) => DatabaseUrlParser.TryParse(text, out url, out problem);

    /// <summary>The file of a SQLite database, or <c>:memory:</c>.</summary>
    /// <exception cref="InvalidOperationException">The database is PostgreSQL.</exception>
    public string ToSqlitePath() => SqlitePath ?? throw new InvalidOperationException("A PostgreSQL database has no path.");

    /// <summary>Keywords of a Microsoft.Data.Sqlite connection string.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> ToSqlitePairs()
    {
        var pairs = new List<KeyValuePair<string, string>> { new("Data Source", ToSqlitePath()) };
        var shared = SqliteInMemory && SqlitePath != ":memory:";
        pairs.Add(new("Mode", SqliteInMemory ? "Memory" : SqliteMode));
        if (shared) pairs.Add(new("Cache", "Shared"));
        return pairs;
    }

    /// <summary>Keywords of an Npgsql connection string.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> ToNpgsqlPairs() => NpgsqlPairs.Of(this);

    /// <summary>An Npgsql connection string, password included.</summary>
    public string ToNpgsqlConnectionString() => NpgsqlPairs.Join(ToNpgsqlPairs());

    /// <summary>The URL without its secrets, in one spelling.</summary>
    public override string ToString()
    {
        if (Dialect == DatabaseDialect.Sqlite) return $"sqlite:///{SqlitePath}";
        var user = User is null ? "" : Password is null ? User + "@" : $"{User}:{SecretMask.Full}@";
        return $"postgresql://{user}{string.Join(',', Hosts)}/{Database}";
    }
}
