namespace Reeve.Data.Postgres;

/// <summary>How to reach PostgreSQL and how its sessions behave.</summary>
public sealed record PostgresOptions
{
    /// <summary>An Npgsql connection string; see <c>DatabaseUrl</c> in Reeve.Settings for how a URL becomes one.</summary>
    public required string ConnectionString { get; init; }

    /// <summary>
    /// The way past a pooler that shares sessions, for the connection that listens; null where the sessions of
    /// <see cref="ConnectionString"/> are our own.
    /// </summary>
    public string? DirectConnectionString { get; init; }

    /// <summary>What <c>pg_stat_activity</c> shows for these sessions.</summary>
    public string ApplicationName { get; init; } = "reeve";

    /// <summary>The most connections of this process. Each further caller waits.</summary>
    public int MaxConnections { get; init; } = 16;

    /// <summary>The longest a caller waits for one of them; null for no limit.</summary>
    public TimeSpan? PoolTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The longest a statement may run; null leaves it to the server's own setting.</summary>
    public TimeSpan? StatementTimeout { get; init; }

    /// <summary>The longest a transaction may stand open without a statement. Ours never do, so whoever does has lost us.</summary>
    public TimeSpan IdleInTransactionTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Whether statements are prepared on the server; null: where sessions are our own.</summary>
    public bool? Prepare { get; init; }

    /// <summary>The longest a statement waits for a lock: half of what it has, so that there is time to try again.</summary>
    public TimeSpan? LockTimeout => StatementTimeout / 2;
}
