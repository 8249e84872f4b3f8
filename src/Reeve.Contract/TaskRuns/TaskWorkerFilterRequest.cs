namespace Reeve.Contract.TaskRuns;

public sealed class TaskWorkerFilterRequest
{
    public TaskWorkerFilter? TaskWorkerFilter { get; set; }
}
