using Reeve.Contract;
using Reeve.Contract.Deployments;
using Reeve.Data;

namespace Reeve.Server.Deployments;

/// <summary>
/// A deployment filter as conditions on a row of <c>deployment</c>. <c>concurrency_limit</c> is read and has no effect, as
/// in Prefect since the limit became a row of its own.
/// </summary>
internal static class DeploymentPredicate
{
    public static Predicate Where(DeploymentFilter? filter, string deployment, Dialect dialect)
    {
        var where = new Predicate(filter?.Operator == Operator.Or);
        if (filter is null) return where;
        if (filter.Id is { } id) where.Add(new Predicate().Any($"{deployment}.id", id.Any).NotAny($"{deployment}.id", id.NotAny));
        if (filter.Name is { } name) where.Add(new Predicate().Any($"{deployment}.name", name.Any).Like($"{deployment}.name", name.Like));
        if (filter.FlowOrDeploymentName is { } either) where.Add(Named(either.Like, deployment));
        if (filter.Paused is { } paused) where.Add(new Predicate().Is($"{deployment}.paused", paused.Eq));
        if (filter.Tags is { } tags)
        {
            where.Add(new Predicate(tags.Operator == Operator.Or)
                .HasAll(dialect, $"{deployment}.tags", tags.All)
                .HasAny(dialect, $"{deployment}.tags", tags.Any)
                .IsEmptyArray(dialect, $"{deployment}.tags", tags.IsNull));
        }
        if (filter.WorkQueueName is { } queue) where.Add(new Predicate().Any($"{deployment}.work_queue_name", queue.Any));
        return where;
    }

    private static Predicate Named(string? like, string deployment)
    {
        if (string.IsNullOrEmpty(like)) return new Predicate();
        var flow = new Predicate().Like("dnf.name", like).ToSql();
        return new Predicate(any: true)
            .Like($"{deployment}.name", like)
            .Add($"exists (select 1 from flow dnf where dnf.id = {new SqlText(deployment)}.flow_id and {flow})");
    }
}
