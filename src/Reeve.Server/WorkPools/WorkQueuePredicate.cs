using Reeve.Contract;
using Reeve.Contract.WorkPools;
using Reeve.Data;

namespace Reeve.Server.WorkPools;

/// <summary>A work queue filter as conditions on a row of <c>work_queue</c>.</summary>
internal static class WorkQueuePredicate
{
    public static Predicate Where(WorkQueueFilter? filter, string queue)
    {
        var where = new Predicate(filter?.Operator == Operator.Or);
        if (filter?.Id is { } id) where.Add(new Predicate().Any($"{queue}.id", id.Any));
        if (filter?.Name is { } name) where.Add(Name(name, queue));
        return where;
    }

    private static Predicate Name(WorkQueueFilterName name, string queue)
    {
        var where = new Predicate().Any($"{queue}.name", name.Any);
        if (name.Startswith is not { Count: > 0 } starts) return where;
        var any = new Predicate(any: true);
        foreach (var start in starts) any.Add($"{new SqlText(queue)}.name ilike {start + "%"} escape ''");
        return where.Add(any);
    }
}
