namespace Reeve.Server.Http;

/// <summary>What the settings say about the HTTP interface.</summary>
internal sealed record ApiOptions
{
    /// <summary>Where the API is mounted, without a trailing slash.</summary>
    public string BasePath { get; init; } = "/api";

    /// <summary>Page size where none is asked for, and the largest that is given.</summary>
    public int DefaultLimit { get; init; } = 200;

    /// <summary><c>user:password</c> that every request must bring; null: open.</summary>
    public string? AuthString { get; init; }

    public bool CsrfEnabled { get; init; }

    public TimeSpan CsrfTokenLife { get; init; } = TimeSpan.FromHours(1);

    public TimeSpan KeepAlive { get; init; } = TimeSpan.FromSeconds(5);

    public string CorsOrigins { get; init; } = "*";

    public string CorsMethods { get; init; } = "*";

    public string CorsHeaders { get; init; } = "*";

    /// <summary>The largest body that is read; above it the answer is 413.</summary>
    public int MaxBodyBytes { get; init; } = 8 << 20;

    /// <summary>Refuse unknown keys as Prefect does, instead of ignoring them for newer clients.</summary>
    public bool StrictRequests { get; init; }

    /// <summary>How many requests run at once; null: no bound but the database pool's.</summary>
    public int? MaxConcurrentRequests { get; init; }
}
