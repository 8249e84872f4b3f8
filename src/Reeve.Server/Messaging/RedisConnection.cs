using Reeve.Settings.Views;
using StackExchange.Redis;

namespace Reeve.Server.Messaging;

/// <summary>From the settings to how the client library is to connect.</summary>
internal static class RedisConnection
{
    /// <exception cref="ArgumentException">The URL is none of Redis.</exception>
    public static ConfigurationOptions Options(MessagingSettings settings)
    {
        var options = new ConfigurationOptions
        {
            // Redis may be away when the server starts, and come back at any time.
            AbortOnConnectFail = false,
            ClientName = "reeve",
            KeepAlive = Math.Max(1, (int)settings.HealthCheckInterval.TotalSeconds),
            ConnectTimeout = Milliseconds(settings.ConnectTimeout, 5_000),
            AsyncTimeout = Milliseconds(settings.CommandTimeout, 5_000),
            SyncTimeout = Milliseconds(settings.CommandTimeout, 5_000),
            Protocol = settings.Protocol == 3 ? RedisProtocol.Resp3 : RedisProtocol.Resp2,
            ReconnectRetryPolicy = new ExponentialRetry(1_000, 60_000),
            BacklogPolicy = BacklogPolicy.FailFast,
        };
        if (settings.Url is { Length: > 0 } url) AddUrl(options, url);
        else Add(options, settings.Host, settings.Port, settings.Database, settings.User, settings.Password, settings.Tls);
        return options;
    }

    private static void AddUrl(ConfigurationOptions options, string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("redis" or "rediss"))
        {
            throw new ArgumentException("PREFECT_REDIS_MESSAGING_URL is no address of Redis; it looks like redis://user:password@host:6379/0, or rediss:// with TLS.");
        }
        var parts = url.UserInfo.Split(':', 2);
        var path = url.AbsolutePath.Trim('/');
        var database = path.Length == 0 ? 0 : int.TryParse(path, out var number) && number >= 0 ? number
            : throw new ArgumentException($"PREFECT_REDIS_MESSAGING_URL names the database '{path}', which is no number.");
        Add(
            options, url.Host, url.Port > 0 ? url.Port : 6379, database, Uri.UnescapeDataString(parts[0]),
            parts.Length > 1 ? Uri.UnescapeDataString(parts[1]) : null, url.Scheme == "rediss");
    }

    private static void Add(ConfigurationOptions options, string host, int port, int database, string? user, string? password, bool tls)
    {
        options.EndPoints.Add(host, port);
        options.DefaultDatabase = database;
        options.Ssl = tls;
        if (string.IsNullOrEmpty(password)) return;
        options.Password = password;
        if (!string.IsNullOrEmpty(user)) options.User = user;
    }

    private static int Milliseconds(TimeSpan? limit, int otherwise) => limit is { } time && time > TimeSpan.Zero ? (int)time.TotalMilliseconds : otherwise;
}
