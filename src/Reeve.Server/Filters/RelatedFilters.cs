using Reeve.Contract.Deployments;
using Reeve.Contract.FlowRuns;
using Reeve.Contract.Flows;
using Reeve.Contract.TaskRuns;
using Reeve.Contract.WorkPools;
using Reeve.Data;
using Reeve.Server.Flows;

namespace Reeve.Server.Filters;

/// <summary>
/// The filters a request may bring together. Asked for one kind of object, the filters on the others hold for the
/// objects related to it: flows that have a flow run such as this, runs of a deployment such as that.
/// </summary>
internal sealed record RelatedFilters
{
    public FlowFilter? Flows { get; init; }
    public FlowRunFilter? FlowRuns { get; init; }
    public TaskRunFilter? TaskRuns { get; init; }
    public DeploymentFilter? Deployments { get; init; }
    public WorkPoolFilter? WorkPools { get; init; }
    public WorkQueueFilter? WorkQueues { get; init; }

    /// <summary>Conditions on a row of <c>flow</c>.</summary>
    public Sql ForFlows(string flow, Dialect dialect) => FlowPredicate.Where(Flows, flow, dialect).ToSql();
}
