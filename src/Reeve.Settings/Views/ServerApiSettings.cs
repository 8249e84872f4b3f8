namespace Reeve.Settings.Views;

/// <summary>How the server's API is offered.</summary>
public sealed class ServerApiSettings(ResolvedSettings settings)
{
    /// <summary><c>user:password</c> every request must carry, or null for none.</summary>
    public string? AuthString { get; } = settings.OptionalText("server.api.auth_string");

    public string Host { get; } = settings.Text("server.api.host");

    public int Port { get; } = settings.Int("server.api.port");

    /// <summary>Mount path of the API: starts with a slash, ends without one, /api unless set.</summary>
    public string BasePath { get; } = "/" + (settings.OptionalText("server.api.base_path") ?? "/api").Trim('/');

    /// <summary>Default and maximum of <c>limit</c>.</summary>
    public int DefaultLimit { get; } = settings.Int("server.api.default_limit");

    public TimeSpan KeepaliveTimeout { get; } = settings.Seconds("server.api.keepalive_timeout");

    public bool CsrfProtectionEnabled { get; } = settings.Bool("server.api.csrf_protection_enabled");

    public TimeSpan CsrfTokenExpiration { get; } = settings.Duration("server.api.csrf_token_expiration");

    /// <summary>Origins allowed, or a single *.</summary>
    public IReadOnlyList<string> CorsAllowedOrigins { get; } = Split(settings.Text("server.api.cors_allowed_origins"));

    public IReadOnlyList<string> CorsAllowedMethods { get; } = Split(settings.Text("server.api.cors_allowed_methods"));

    public IReadOnlyList<string> CorsAllowedHeaders { get; } = Split(settings.Text("server.api.cors_allowed_headers"));

    public TimeSpan WebsocketPingInterval { get; } = settings.Seconds("server.api.websocket_ping_interval");

    public TimeSpan WebsocketPingTimeout { get; } = settings.Seconds("server.api.websocket_ping_timeout");

    /// <summary>Bytes the parameters of a run may take as JSON; 0 is no limit.</summary>
    public int MaxParameterSize { get; } = settings.Int("server.api.max_parameter_size");

    private static string[] Split(string text) => text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
