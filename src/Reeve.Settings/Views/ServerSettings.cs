namespace Reeve.Settings.Views;

/// <summary>Everything the server reads, by group.</summary>
public sealed class ServerSettings(ResolvedSettings settings)
{
    /// <summary>What the groups are built from, for reports and the settings tree.</summary>
    public ResolvedSettings Resolved { get; } = settings;

    public ServerApiSettings Api { get; } = new(settings);

    public DatabaseSettings Database { get; } = new(settings);

    public EventsSettings Events { get; } = new(settings);

    public MessagingSettings Messaging { get; } = new(settings);

    public ServicesSettings Services { get; } = new(settings);

    public ConcurrencySettings Concurrency { get; } = new(settings);

    public TasksSettings Tasks { get; } = new(settings);

    public WorkerChannelSettings WorkerChannel { get; } = new(settings);

    public UiSettings Ui { get; } = new(settings);

    public LoggingSettings Logging { get; } = new(settings);

    public ReeveSettings Reeve { get; } = new(settings);

    /// <summary>Serve Prometheus text at /api/metrics.</summary>
    public bool MetricsEnabled { get; } = settings.Bool("server.metrics_enabled");

    public bool LogRetryableErrors { get; } = settings.Bool("server.log_retryable_errors");

    public bool RegisterBlocksOnStart { get; } = settings.Bool("server.register_blocks_on_start");

    /// <summary>Upper limit of runs one request may schedule ahead for a deployment.</summary>
    public int DeploymentScheduleMaxScheduledRuns { get; } = settings.Int("server.deployment_schedule_max_scheduled_runs");

    public int GraphMaxNodes { get; } = settings.Int("server.flow_run_graph.max_nodes");

    public int GraphMaxArtifacts { get; } = settings.Int("server.flow_run_graph.max_artifacts");

    /// <summary>Offer logs on the websocket /api/logs/out.</summary>
    public bool LogsStreamOutEnabled { get; } = settings.Bool("server.logs.stream_out_enabled");

    /// <summary>Publish incoming log lines for those websockets.</summary>
    public bool LogsStreamPublishingEnabled { get; } = settings.Bool("server.logs.stream_publishing_enabled");

    /// <summary>Fernet key for block secrets, or null to keep a generated one in the database.</summary>
    public string? EncryptionKey { get; } = settings.OptionalText("PREFECT_SERVER_ENCRYPTION_KEY");

    /// <summary>Serve the API without background services.</summary>
    public bool WebserverOnly { get; } = settings["PREFECT__SERVER_WEBSERVER_ONLY"].Value is true;

    /// <summary>Adds GET /api/pid, as test suites want.</summary>
    public bool TestMode { get; } = settings.Bool("testing.test_mode");

    /// <summary>PREFECT_HOME, expanded.</summary>
    public string Home { get; } = settings.Text("home");
}
