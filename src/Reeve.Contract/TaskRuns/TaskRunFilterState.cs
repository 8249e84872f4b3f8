namespace Reeve.Contract.TaskRuns;

public sealed class TaskRunFilterState
{
    public Operator Operator { get; set; } = Operator.And;

    public TaskRunFilterStateType? Type { get; set; }

    public TaskRunFilterStateName? Name { get; set; }
}
