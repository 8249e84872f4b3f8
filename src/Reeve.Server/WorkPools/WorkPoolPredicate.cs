using Reeve.Contract;
using Reeve.Contract.WorkPools;
using Reeve.Data;

namespace Reeve.Server.WorkPools;

/// <summary>A work pool filter as conditions on a row of <c>work_pool</c>.</summary>
internal static class WorkPoolPredicate
{
    public static Predicate Where(WorkPoolFilter? filter, string pool)
    {
        var where = new Predicate(filter?.Operator == Operator.Or);
        if (filter?.Id is { } id) where.Add(new Predicate().Any($"{pool}.id", id.Any));
        if (filter?.Name is { } name) where.Add(new Predicate().Any($"{pool}.name", name.Any));
        if (filter?.Type is { } type) where.Add(new Predicate().Any($"{pool}.type", type.Any));
        return where;
    }
}
