namespace Reeve.Settings.Views;

/// <summary>How commands and workers reach the API.</summary>
public sealed class ClientSettings(ResolvedSettings settings)
{
    /// <summary>Address of the API with /api, or null when none is set.</summary>
    public string? ApiUrl { get; } = settings.OptionalText("api.url");

    /// <summary>Bearer token, or null.</summary>
    public string? ApiKey { get; } = settings.OptionalText("api.key");

    /// <summary><c>user:password</c> for HTTP Basic, or null.</summary>
    public string? AuthString { get; } = settings.OptionalText("api.auth_string");

    public bool TlsInsecureSkipVerify { get; } = settings.Bool("api.tls_insecure_skip_verify");

    /// <summary>PEM file of trusted authorities, or null for the system's.</summary>
    public string? SslCertFile { get; } = settings.OptionalText("api.ssl_cert_file");

    public TimeSpan RequestTimeout { get; } = settings.Seconds("api.request_timeout");

    public int MaxRetries { get; } = settings.Int("client.max_retries");

    public double RetryJitterFactor { get; } = settings.Float("client.retry_jitter_factor");

    /// <summary>HTTP status codes worth repeating a request for, beside the usual ones.</summary>
    public IReadOnlyList<long> RetryExtraCodes { get; } = settings.Value<IReadOnlyList<long>>("client.retry_extra_codes");

    public bool CsrfSupportEnabled { get; } = settings.Bool("client.csrf_support_enabled");

    public IReadOnlyDictionary<string, string> CustomHeaders { get; } =
        settings.Value<IReadOnlyDictionary<string, string>>("client.custom_headers");

    /// <summary>Address of the web page, or null when it cannot be told.</summary>
    public string? UiUrl { get; } = settings.OptionalText("ui_url");
}
