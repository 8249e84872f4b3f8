namespace Reeve.Contract.TaskRuns;

public sealed class TaskRunFilter
{
    public Operator Operator { get; set; } = Operator.And;

    public TaskRunFilterId? Id { get; set; }

    public TaskRunFilterName? Name { get; set; }

    public TaskRunFilterTags? Tags { get; set; }

    public TaskRunFilterState? State { get; set; }

    public TaskRunFilterStartTime? StartTime { get; set; }

    public TaskRunFilterEndTime? EndTime { get; set; }

    public TaskRunFilterExpectedStartTime? ExpectedStartTime { get; set; }

    public TaskRunFilterSubFlowRuns? SubflowRuns { get; set; }

    public TaskRunFilterFlowRunId? FlowRunId { get; set; }
}
