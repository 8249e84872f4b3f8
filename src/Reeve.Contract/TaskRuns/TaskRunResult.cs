namespace Reeve.Contract.TaskRuns;

public sealed class TaskRunResult : TaskRunInput
{
    public override string InputType => "task_run";

    public Guid Id { get; set; }
}
