namespace Reeve.Contract.TaskRuns;

public sealed class TaskRunUpdate
{
    public Optional<string?> Name { get; set; }
}
