namespace Reeve.Contract.Logs;

public sealed class LogCreate
{
    public string Name { get; set; } = "";

    public int Level { get; set; }

    public string Message { get; set; } = "";

    public DateTimeOffset Timestamp { get; set; }

    public Guid? FlowRunId { get; set; }

    public Guid? TaskRunId { get; set; }
}
