using Reeve.Contract;
using Reeve.Contract.Variables;
using Reeve.Data;

namespace Reeve.Server.Variables;

/// <summary>A variable filter as conditions on a row of <c>variable</c>.</summary>
internal static class VariablePredicate
{
    public static Predicate Where(VariableFilter? filter, string variable, Dialect dialect)
    {
        var where = new Predicate(filter?.Operator == Operator.Or);
        if (filter?.Id is { } id) where.Add(new Predicate().Any($"{variable}.id", id.Any));
        if (filter?.Name is { } name) where.Add(new Predicate().Any($"{variable}.name", name.Any).Like($"{variable}.name", name.Like));
        if (filter?.Tags is { } tags)
        {
            where.Add(new Predicate(tags.Operator == Operator.Or)
                .HasAll(dialect, $"{variable}.tags", tags.All)
                .IsEmptyArray(dialect, $"{variable}.tags", tags.IsNull));
        }
        return where;
    }
}
