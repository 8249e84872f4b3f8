namespace Reeve.Data.Postgres;

/// <summary>How to reach PostgreSQL and how its sessions behave.</summary>
public sealed record PostgresOptions
{
    /// <summary>An Npgsql connection string; see <c>DatabaseUrl</c> in Reeve.Settings for how a URL becomes one.</summary>
    public required string ConnectionString { get; init; }

    /// <summary>What <c>pg_stat_activity</c> shows for these sessions.</summary>
    public string ApplicationName { get; init; } = "reeve";

    /// <summary>The most connections of this process. Each further caller waits.</summary>
    public int MaxConnections { get; init; } = 16;

    /// <summary>The longest a statement may run; null leaves it to the server's own setting.</summary>
    public TimeSpan? StatementTimeout { get; init; }

    /// <summary>Whether statements are prepared on the server. Off behind a pooler that does not track them.</summary>
    public bool Prepare { get; init; } = true;
}
