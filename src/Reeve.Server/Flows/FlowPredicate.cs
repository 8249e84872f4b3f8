using Reeve.Contract;
using Reeve.Contract.Flows;
using Reeve.Data;

namespace Reeve.Server.Flows;

/// <summary>A flow filter as conditions on a row of <c>flow</c>.</summary>
internal static class FlowPredicate
{
    public static Predicate Where(FlowFilter? filter, string flow, Dialect dialect)
    {
        var where = new Predicate(filter?.Operator == Operator.Or);
        if (filter?.Id is { } id) where.Add(new Predicate().Any($"{flow}.id", id.Any).NotAny($"{flow}.id", id.NotAny));
        if (filter?.Deployment is { } deployment) where.Add(Deployment(deployment, flow));
        if (filter?.Name is { } name) where.Add(new Predicate().Any($"{flow}.name", name.Any).Like($"{flow}.name", name.Like));
        if (filter?.Tags is { } tags)
        {
            where.Add(new Predicate(tags.Operator == Operator.Or)
                .HasAll(dialect, $"{flow}.tags", tags.All)
                .IsEmptyArray(dialect, $"{flow}.tags", tags.IsNull));
        }
        return where;
    }

    /// <summary>The ids a filter asks for, if it asks for nothing else.</summary>
    public static List<Guid>? OnlyIds(FlowFilter filter) =>
        filter is { Id: { Any: { } ids, NotAny: null or { Count: 0 } }, Deployment: null, Name: null, Tags: null } ? ids : null;

    private static Predicate Deployment(FlowFilterDeployment deployment, string flow)
    {
        var has = new Predicate();
        if (deployment.IsNull is not { } none) return has;
        Sql exists = $"exists (select 1 from deployment fd where fd.flow_id = {new SqlText(flow)}.id)";
        return has.Add(none ? (Sql)$"not {exists}" : exists);
    }
}
