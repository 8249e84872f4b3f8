using Reeve.Contract.Deployments;
using Reeve.Contract.FlowRuns;
using Reeve.Contract.Flows;
using Reeve.Contract.TaskRuns;
using Reeve.Contract.WorkPools;
using Reeve.Data;
using Reeve.Server.Deployments;
using Reeve.Server.FlowRuns;
using Reeve.Server.Flows;
using Reeve.Server.TaskRuns;
using Reeve.Server.WorkPools;

namespace Reeve.Server.Filters;

/// <summary>
/// The filters a request may bring together. Asked for one kind of object, the filters on the others hold for the
/// objects related to it: flows that have a flow run such as this, runs of a deployment such as that.
/// A filter that was sent but says nothing still asks that such an object exists.
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
    public Sql ForFlows(string flow, Dialect dialect)
    {
        var where = new Predicate().Add(FlowPredicate.Where(Flows, flow, dialect));
        if (Deployments is not null || WorkPools is not null)
        {
            var deployment = new Predicate().Add(DeploymentPredicate.Where(Deployments, "rd", dialect));
            if (WorkPools is not null) deployment.Add(QueueExists("rd.work_queue_id", withQueues: false));
            where.Add($"exists (select 1 from deployment rd where rd.flow_id = {new SqlText(flow)}.id and {deployment.ToSql()})");
        }
        if (FlowRuns is not null || TaskRuns is not null) where.Add(RunExists($"rr.flow_id = {new SqlText(flow)}.id", dialect));
        return where.ToSql();
    }

    /// <summary>Conditions on a row of <c>flow_run</c>.</summary>
    public Sql ForFlowRuns(string run, Dialect dialect)
    {
        var where = new Predicate();
        if (FlowRuns is not null) where.Add(FlowRunPredicate.Where(FlowRuns, run, dialect));
        OfRun(where, run, dialect);
        if (TaskRuns is not null) where.Add(TaskExists($"rt.flow_run_id = {new SqlText(run)}.id", dialect));
        return where.ToSql();
    }

    /// <summary>Conditions on a row of <c>task_run</c>.</summary>
    public Sql ForTaskRuns(string run, Dialect dialect)
    {
        var where = new Predicate();
        if (TaskRuns is not null) where.Add(TaskRunPredicate.Where(TaskRuns, run, dialect));
        if (Flows is null && Deployments is null && WorkPools is null && WorkQueues is null)
        {
            // The two commonest questions need no look at flow runs: tasks of some run or other, and tasks of these runs.
            if (FlowRuns is null) return where.ToSql();
            if (FlowRunPredicate.IsEmpty(FlowRuns)) return where.IsNull($"{run}.flow_run_id", false).ToSql();
            if (FlowRunPredicate.OnlyIds(FlowRuns) is { } ids) return where.Any($"{run}.flow_run_id", ids).ToSql();
        }
        var flowRun = FlowRunPredicate.Where(FlowRuns, "rr", dialect).ToSql();
        var related = new Predicate().Add(flowRun);
        OfRun(related, "rr", dialect);
        // A list of runs and not "exists": SQLite can begin with the runs and look their tasks up; PostgreSQL plans both alike.
        where.Add($"{new SqlText(run)}.flow_run_id in (select rr.id from flow_run rr where {related.ToSql()})");
        return where.ToSql();
    }

    /// <summary>Conditions on a row of <c>deployment</c>.</summary>
    public Sql ForDeployments(string deployment, Dialect dialect)
    {
        var where = new Predicate();
        if (Deployments is not null) where.Add(DeploymentPredicate.Where(Deployments, deployment, dialect));
        if (Flows is not null) OfFlow(where, deployment, dialect);
        if (FlowRuns is not null || TaskRuns is not null) where.Add(RunExists($"rr.deployment_id = {new SqlText(deployment)}.id", dialect));
        if (WorkPools is not null || WorkQueues is not null) where.Add(QueueExists($"{deployment}.work_queue_id", withQueues: true));
        return where.ToSql();
    }

    /// <summary>What is asked of the flow, deployment, work pool and work queue of a flow run.</summary>
    private void OfRun(Predicate where, string run, Dialect dialect)
    {
        if (Flows is not null) OfFlow(where, run, dialect);
        if (Deployments is not null)
        {
            var deployment = DeploymentPredicate.Where(Deployments, "rd", dialect).ToSql();
            where.Add($"exists (select 1 from deployment rd where rd.id = {new SqlText(run)}.deployment_id and {deployment})");
        }
        if (WorkPools is not null || WorkQueues is not null) where.Add(QueueExists($"{run}.work_queue_id", withQueues: true));
    }

    /// <summary>What is asked of the flow of a run or deployment. Each has one, so ids alone need no look at it.</summary>
    private void OfFlow(Predicate where, string owner, Dialect dialect)
    {
        if (FlowPredicate.OnlyIds(Flows!) is { } ids) where.Any($"{owner}.flow_id", ids);
        else where.Add($"exists (select 1 from flow rf where rf.id = {new SqlText(owner)}.flow_id and {FlowPredicate.Where(Flows, "rf", dialect).ToSql()})");
    }

    private Sql RunExists(Sql related, Dialect dialect)
    {
        var run = FlowRunPredicate.Where(FlowRuns, "rr", dialect).ToSql();
        var where = new Predicate().Add(related).Add(run);
        if (TaskRuns is not null) where.Add(TaskExists($"rt.flow_run_id = rr.id", dialect));
        return $"exists (select 1 from flow_run rr where {where.ToSql()})";
    }

    private Sql TaskExists(Sql related, Dialect dialect) =>
        $"exists (select 1 from task_run rt where {related} and {TaskRunPredicate.Where(TaskRuns, "rt", dialect).ToSql()})";

    private Sql QueueExists(string queueId, bool withQueues)
    {
        var where = new Predicate();
        if (withQueues) where.Add(WorkQueuePredicate.Where(WorkQueues, "rq"));
        if (WorkPools is not null)
        {
            var pool = WorkPoolPredicate.Where(WorkPools, "rp").ToSql();
            where.Add($"exists (select 1 from work_pool rp where rp.id = rq.work_pool_id and {pool})");
        }
        return $"exists (select 1 from work_queue rq where rq.id = {new SqlText(queueId)} and {where.ToSql()})";
    }
}
