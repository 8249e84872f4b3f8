namespace Reeve.Contract.FlowRuns;

public sealed class FlowRunFilter
{
    public Operator Operator { get; set; } = Operator.And;

    public FlowRunFilterId? Id { get; set; }

    public FlowRunFilterName? Name { get; set; }

    public FlowRunFilterTags? Tags { get; set; }

    public FlowRunFilterDeploymentId? DeploymentId { get; set; }

    public FlowRunFilterWorkQueueName? WorkQueueName { get; set; }

    public FlowRunFilterState? State { get; set; }

    public FlowRunFilterFlowVersion? FlowVersion { get; set; }

    public FlowRunFilterStartTime? StartTime { get; set; }

    public FlowRunFilterEndTime? EndTime { get; set; }

    public FlowRunFilterExpectedStartTime? ExpectedStartTime { get; set; }

    public FlowRunFilterNextScheduledStartTime? NextScheduledStartTime { get; set; }

    public FlowRunFilterParentFlowRunId? ParentFlowRunId { get; set; }

    public FlowRunFilterParentTaskRunId? ParentTaskRunId { get; set; }

    public FlowRunFilterIdempotencyKey? IdempotencyKey { get; set; }

    public FlowRunFilterCreatedBy? CreatedBy { get; set; }
}
