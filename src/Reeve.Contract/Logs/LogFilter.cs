namespace Reeve.Contract.Logs;

public sealed class LogFilter
{
    public Operator Operator { get; set; } = Operator.And;

    public LogFilterLevel? Level { get; set; }

    public LogFilterTimestamp? Timestamp { get; set; }

    public LogFilterFlowRunId? FlowRunId { get; set; }

    public LogFilterTaskRunId? TaskRunId { get; set; }

    public LogFilterTextSearch? Text { get; set; }
}
