namespace Reeve.Worker;

/// <summary>How grave a line is. The values are those of Python's logging, which the API uses.</summary>
public enum WorkerLogLevel
{
    Debug = 10,
    Info = 20,
    Warning = 30,
    Error = 40,
}
