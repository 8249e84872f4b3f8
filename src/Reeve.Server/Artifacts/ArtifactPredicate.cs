using Reeve.Contract;
using Reeve.Contract.Artifacts;
using Reeve.Data;
using Reeve.Server.Filters;

namespace Reeve.Server.Artifacts;

/// <summary>Artifact filters as conditions on a row of <c>artifact</c> or <c>artifact_collection</c>.</summary>
internal static class ArtifactPredicate
{
    public static Sql Where(ArtifactFilter? filter, RelatedFilters related, string row, Dialect dialect)
    {
        var where = new Predicate(filter?.Operator == Operator.Or);
        if (filter?.Id is { } id) where.Add(new Predicate().Any($"{row}.id", id.Any));
        if (filter?.Key is { } key) where.Add(Key(row, key.Any, key.Like, key.Exists));
        if (filter?.FlowRunId is { } flowRun) where.Add(new Predicate().Any($"{row}.flow_run_id", flowRun.Any));
        if (filter?.TaskRunId is { } taskRun) where.Add(new Predicate().Any($"{row}.task_run_id", taskRun.Any));
        if (filter?.Type is { } type) where.Add(new Predicate().Any($"{row}.type", type.Any).NotAny($"{row}.type", type.NotAny));
        return OfRuns(where, related, row, dialect);
    }

    public static Sql Where(ArtifactCollectionFilter? filter, RelatedFilters related, string row, Dialect dialect)
    {
        var where = new Predicate(filter?.Operator == Operator.Or);
        if (filter?.LatestId is { } latest) where.Add(new Predicate().Any($"{row}.latest_id", latest.Any));
        if (filter?.Key is { } key) where.Add(Key(row, key.Any, key.Like, key.Exists));
        if (filter?.FlowRunId is { } flowRun) where.Add(new Predicate().Any($"{row}.flow_run_id", flowRun.Any));
        if (filter?.TaskRunId is { } taskRun) where.Add(new Predicate().Any($"{row}.task_run_id", taskRun.Any));
        if (filter?.Type is { } type) where.Add(new Predicate().Any($"{row}.type", type.Any).NotAny($"{row}.type", type.NotAny));
        return OfRuns(where, related, row, dialect);
    }

    private static Predicate Key(string row, List<string>? any, string? like, bool? exists) =>
        new Predicate().Any($"{row}.key", any).Like($"{row}.key", like).IsNull($"{row}.key", exists is { } there ? !there : null);

    /// <summary>What is asked of the flow run (its flow, its deployment) and of the task run that left the artifact.</summary>
    private static Sql OfRuns(Predicate own, RelatedFilters related, string row, Dialect dialect)
    {
        var where = new Predicate().Add(own);
        if (related.FlowRuns is not null || related.Flows is not null || related.Deployments is not null)
        {
            var run = (related with { TaskRuns = null }).ForFlowRuns("afr", dialect);
            where.Add($"exists (select 1 from flow_run afr where afr.id = {new SqlText(row)}.flow_run_id and {run})");
        }
        if (related.TaskRuns is not null)
        {
            var run = new RelatedFilters { TaskRuns = related.TaskRuns }.ForTaskRuns("atr", dialect);
            where.Add($"exists (select 1 from task_run atr where atr.id = {new SqlText(row)}.task_run_id and {run})");
        }
        return where.ToSql();
    }
}
