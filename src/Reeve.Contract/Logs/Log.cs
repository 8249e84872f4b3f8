namespace Reeve.Contract.Logs;

public sealed class Log
{
    public Guid Id { get; set; }

    public DateTimeOffset? Created { get; set; }

    public DateTimeOffset? Updated { get; set; }

    public string Name { get; set; } = "";

    public int Level { get; set; }

    public string Message { get; set; } = "";

    public DateTimeOffset Timestamp { get; set; }

    public Guid? FlowRunId { get; set; }

    public Guid? TaskRunId { get; set; }
}
