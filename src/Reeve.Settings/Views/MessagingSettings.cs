namespace Reeve.Settings.Views;

/// <summary>How replicas tell each other what happened.</summary>
public sealed class MessagingSettings
{
    private const string Redis = "redis.messaging.";

    public MessagingSettings(ResolvedSettings settings)
    {
        UseRedis = settings.Text("server.events.messaging_broker").Contains("redis", StringComparison.OrdinalIgnoreCase);
        Url = settings.OptionalText(Redis + "url");
        Host = settings.Text(Redis + "host");
        Port = settings.Int(Redis + "port");
        Database = settings.Int(Redis + "db");
        User = settings.OptionalText(Redis + "username");
        Password = settings.OptionalText(Redis + "password");
        Tls = settings.Bool(Redis + "ssl");
        Protocol = settings.Int(Redis + "protocol");
        HealthCheckInterval = settings.Seconds(Redis + "health_check_interval");
        CommandTimeout = settings.OptionalSeconds(Redis + "socket_timeout");
        ConnectTimeout = settings.OptionalSeconds(Redis + "socket_connect_timeout");
        PublishBatchSize = settings.Int(Redis + "publisher.batch_size");
        PublishEvery = settings.Duration(Redis + "publisher.publish_every");
        Block = settings.Duration(Redis + "consumer.block");
        MinIdleTime = settings.Duration(Redis + "consumer.min_idle_time");
        MaxRetries = settings.Int(Redis + "consumer.max_retries");
        TrimEvery = settings.Duration(Redis + "consumer.trim_every");
        TrimIdleThreshold = settings.Duration(Redis + "consumer.trim_idle_threshold");
        StartingMessageId = settings.Text(Redis + "consumer.starting_message_id");
    }

    /// <summary>Messages go through Redis; otherwise they stay in the process.</summary>
    public bool UseRedis { get; }

    /// <summary><c>redis://</c> or <c>rediss://</c>; wins over the single parts when set.</summary>
    public string? Url { get; }

    public string Host { get; }

    public int Port { get; }

    public int Database { get; }

    public string? User { get; }

    public string? Password { get; }

    public bool Tls { get; }

    /// <summary>RESP version, 2 or 3.</summary>
    public int Protocol { get; }

    public TimeSpan HealthCheckInterval { get; }

    public TimeSpan? CommandTimeout { get; }

    public TimeSpan? ConnectTimeout { get; }

    public int PublishBatchSize { get; }

    public TimeSpan PublishEvery { get; }

    /// <summary>Time a read waits for messages.</summary>
    public TimeSpan Block { get; }

    /// <summary>Time after which a message of another consumer may be taken over.</summary>
    public TimeSpan MinIdleTime { get; }

    public int MaxRetries { get; }

    public TimeSpan TrimEvery { get; }

    public TimeSpan TrimIdleThreshold { get; }

    public string StartingMessageId { get; }
}
