namespace Reeve.Server.Hosting;

internal static class LogLevels
{
    /// <summary>A level as Python spells it.</summary>
    public static LogLevel Parse(string name) => name.ToUpperInvariant() switch
    {
        "DEBUG" or "NOTSET" => LogLevel.Debug,
        "INFO" => LogLevel.Information,
        "WARNING" or "WARN" => LogLevel.Warning,
        "ERROR" => LogLevel.Error,
        "CRITICAL" or "FATAL" => LogLevel.Critical,
        _ => LogLevel.Information,
    };
}
