namespace Reeve.Contract.Logs;

public sealed class LogFilterRequest
{
    public int Offset { get; set; }

    public LogFilter? Logs { get; set; }

    public LogSort Sort { get; set; } = LogSort.TimestampAsc;

    public int? Limit { get; set; }
}
