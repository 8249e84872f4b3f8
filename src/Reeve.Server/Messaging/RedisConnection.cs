using Reeve.Settings.Views;
using StackExchange.Redis;

namespace Reeve.Server.Messaging;

/// <summary>From the settings to how the client library is to connect.</summary>
internal static class RedisConnection
{
    /// <exception cref="ArgumentException">The URL is none of Redis, or names a file that is not there or is no certificate.</exception>
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
            ReconnectRetryPolicy = new ExponentialRetry(1_000, 5_000),
            BacklogPolicy = BacklogPolicy.FailFast,
        };
        if (settings.Url is { Length: > 0 } url) AddUrl(options, url);
        else Add(options, [(settings.Host, settings.Port)], settings.Database, settings.User, settings.Password, settings.Tls);
        return options;
    }

    private static void AddUrl(ConfigurationOptions options, string text)
    {
        var url = RedisUrl.Parse(text);
        Add(options, url.Hosts, url.Database, url.User, url.Password, url.Tls);
        options.ServiceName = url.Sentinel;
        foreach (var (name, value) in url.Parameters)
        {
            switch (name, value)
            {
                case ("ssl_ca_certs", { Length: > 0 } file):
                    options.TrustIssuer(file);
                    break;
                case ("ssl_certfile", { Length: > 0 } file):
                    options.SetUserPemCertificate(file, url.Parameters.GetValueOrDefault("ssl_keyfile"));
                    break;
                case ("ssl_cert_reqs", "none"):
                    options.CertificateValidation += static (_, _, _, _) => true;
                    break;
            }
        }
    }

    private static void Add(
        ConfigurationOptions options, IReadOnlyList<(string Host, int Port)> hosts, int database, string? user, string? password, bool tls)
    {
        foreach (var (host, port) in hosts) options.EndPoints.Add(host, port);
        options.DefaultDatabase = database;
        options.Ssl = tls;
        if (string.IsNullOrEmpty(password)) return;
        options.Password = password;
        if (!string.IsNullOrEmpty(user)) options.User = user;
    }

    private static int Milliseconds(TimeSpan? limit, int otherwise) => limit is { } time && time > TimeSpan.Zero ? (int)time.TotalMilliseconds : otherwise;
}
