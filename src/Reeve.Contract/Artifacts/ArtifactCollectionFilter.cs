namespace Reeve.Contract.Artifacts;

public sealed class ArtifactCollectionFilter
{
    public Operator Operator { get; set; } = Operator.And;

    public ArtifactCollectionFilterLatestId? LatestId { get; set; }

    public ArtifactCollectionFilterKey? Key { get; set; }

    public ArtifactCollectionFilterFlowRunId? FlowRunId { get; set; }

    public ArtifactCollectionFilterTaskRunId? TaskRunId { get; set; }

    public ArtifactCollectionFilterType? Type { get; set; }
}
