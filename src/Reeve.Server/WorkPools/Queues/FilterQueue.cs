using Reeve.Contract.WorkPools;
using Reeve.Data;

namespace Reeve.Server.WorkPools.Queues;

/// <summary>Queues of old agents choose their runs by tags and deployments instead of being named by them.</summary>
internal static class FilterQueue
{
    /// <summary>Conditions on a row of <c>flow_run</c> that belongs to such a queue.</summary>
    public static Sql Runs(QueueFilter filter, string run, Dialect dialect) => new Predicate()
        .Add($"{new SqlText(run)}.deployment_id is not null")
        .HasAll(dialect, $"{run}.tags", filter.Tags)
        .Any($"{run}.deployment_id", filter.DeploymentIds)
        .ToSql();
}
