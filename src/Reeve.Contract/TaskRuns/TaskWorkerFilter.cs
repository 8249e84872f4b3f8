namespace Reeve.Contract.TaskRuns;

public sealed class TaskWorkerFilter
{
    public List<string> TaskKeys { get; set; } = [];
}
