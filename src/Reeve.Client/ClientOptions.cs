namespace Reeve.Client;

/// <summary>How to reach an API and how patient to be with it.</summary>
public sealed record ClientOptions
{
    /// <summary>Address of the API with its mount, such as <c>http://127.0.0.1:4200/api</c>.</summary>
    public required Uri ApiUrl { get; init; }

    /// <summary><c>user:password</c> for HTTP Basic, or null.</summary>
    public string? AuthString { get; init; }

    /// <summary>Bearer token, or null. <see cref="AuthString"/> wins over it.</summary>
    public string? ApiKey { get; init; }

    /// <summary>How long one attempt may take.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How often a request that failed in passing is repeated; 0 or more.</summary>
    public int MaxRetries { get; init; } = 5;

    /// <summary>Share of a delay by which repeats are spread at random; 0 or more.</summary>
    public double RetryJitterFactor { get; init; } = 0.2;

    /// <summary>Status codes worth repeating a request for, beside 408, 429, 502 and 503.</summary>
    public IReadOnlyCollection<int> RetryExtraCodes { get; init; } = [];

    /// <summary>Fetch a CSRF token when the server asks for one.</summary>
    public bool CsrfSupport { get; init; } = true;

    /// <summary>Headers added to every request.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>Accept any certificate.</summary>
    public bool SkipCertificateCheck { get; init; }

    /// <summary>PEM file of the authorities to trust, or null for the system's.</summary>
    public string? CertificateFile { get; init; }

    /// <summary>
    /// Repeat also when nothing listens at the address from the first request on. A command wants to fail at once when the address is wrong;
    /// a worker wants to wait for its server.
    /// </summary>
    public bool WaitForServer { get; init; }
}
