using Reeve.Data.Postgres;
using Reeve.Server.Http;

namespace Reeve.Server.Hosting;

/// <summary>Everything a server process needs to know to start, resolved from the settings once.</summary>
public sealed record ServerConfig
{
    public string Host { get; init; } = "127.0.0.1";

    /// <summary>The port to listen on; 0 takes a free one.</summary>
    public int Port { get; init; } = 4200;

    /// <summary>PostgreSQL, or null where <see cref="SqlitePath"/> names a file.</summary>
    public PostgresOptions? Postgres { get; init; }

    public string? SqlitePath { get; init; }

    /// <summary>Bring the schema up to date before serving.</summary>
    public bool MigrateOnStart { get; init; } = true;

    internal ApiOptions Api { get; init; } = new();

    /// <summary>The least severe level that is printed.</summary>
    public LogLevel LogLevel { get; init; } = LogLevel.Information;
}
