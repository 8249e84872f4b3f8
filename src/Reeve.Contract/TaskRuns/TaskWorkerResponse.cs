namespace Reeve.Contract.TaskRuns;

public sealed class TaskWorkerResponse
{
    public string Identifier { get; set; } = "";

    public List<string> TaskKeys { get; set; } = [];

    public DateTimeOffset Timestamp { get; set; }
}
