using Reeve.Contract.Deployments;
using Reeve.Contract.FlowRuns;
using Reeve.Contract.Flows;
using Reeve.Contract.TaskRuns;

namespace Reeve.Contract.Artifacts;

public sealed class ArtifactCollectionCountRequest
{
    public ArtifactCollectionFilter? Artifacts { get; set; }

    public FlowRunFilter? FlowRuns { get; set; }

    public TaskRunFilter? TaskRuns { get; set; }

    public FlowFilter? Flows { get; set; }

    public DeploymentFilter? Deployments { get; set; }
}
