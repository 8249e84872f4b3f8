namespace Reeve.Contract.Artifacts;

public sealed class ArtifactFilter
{
    public Operator Operator { get; set; } = Operator.And;

    public ArtifactFilterId? Id { get; set; }

    public ArtifactFilterKey? Key { get; set; }

    public ArtifactFilterFlowRunId? FlowRunId { get; set; }

    public ArtifactFilterTaskRunId? TaskRunId { get; set; }

    public ArtifactFilterType? Type { get; set; }
}
