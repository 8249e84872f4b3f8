namespace Reeve.Settings.Views;

/// <summary>What is logged. Levels are DEBUG, INFO, WARNING, ERROR or CRITICAL.</summary>
public sealed class LoggingSettings(ResolvedSettings settings)
{
    /// <summary>Level of the server.</summary>
    public string ServerLevel { get; } = settings.Bool("debug_mode") ? "DEBUG" : settings.Text("server.logging_level");

    /// <summary>Level of commands and workers.</summary>
    public string Level { get; } = settings.Text("logging.level");

    public bool Colors { get; } = settings.Bool("logging.colors");

    /// <summary>Send log lines about flow runs to the API.</summary>
    public bool ToApiEnabled { get; } = settings.Bool("logging.to_api.enabled");

    public TimeSpan ToApiBatchInterval { get; } = settings.Seconds("logging.to_api.batch_interval");

    /// <summary>Bytes in one batch.</summary>
    public int ToApiBatchSize { get; } = settings.Int("logging.to_api.batch_size");

    /// <summary>Bytes in one line.</summary>
    public int ToApiMaxLogSize { get; } = settings.Int("logging.to_api.max_log_size");
}
