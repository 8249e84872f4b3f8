using Reeve.Contract;
using Reeve.Contract.Automations;
using Reeve.Data;

namespace Reeve.Server.Automations;

/// <summary>An automation filter as conditions on a row of <c>automation</c>.</summary>
internal static class AutomationPredicate
{
    public static Predicate Where(AutomationFilter? filter, string automation, Dialect dialect)
    {
        var where = new Predicate(filter?.Operator == Operator.Or);
        if (filter?.Name is { } name) where.Add(new Predicate().Any($"{automation}.name", name.Any));
        if (filter?.Created is { } created) where.Add(new Predicate().Before($"{automation}.created", created.Before));
        if (filter?.Tags is { } tags)
        {
            where.Add(new Predicate(tags.Operator == Operator.Or)
                .HasAll(dialect, $"{automation}.tags", tags.All)
                .HasAny(dialect, $"{automation}.tags", tags.Any)
                .IsEmptyArray(dialect, $"{automation}.tags", tags.IsNull));
        }
        return where;
    }
}
