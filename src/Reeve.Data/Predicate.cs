namespace Reeve.Data;

/// <summary>Conditions joined by <c>and</c> (or <c>or</c>). With none it is true, as a filter that says nothing lets all through.</summary>
public sealed class Predicate(bool any = false)
{
    private readonly List<Sql> _conditions = [];

    public Predicate Add(Sql condition)
    {
        _conditions.Add(condition);
        return this;
    }

    /// <summary>Adds a group. One without conditions counts as true, which matters under <c>or</c>.</summary>
    public Predicate Add(Predicate group) => Add(group.ToSql());

    /// <summary>One condition in parentheses, or <c>true</c>.</summary>
    public Sql ToSql()
    {
        if (_conditions.Count == 0) return $"true";
        Sql joined = $"(";
        joined.Add(Sql.Join(any ? " or " : " and ", _conditions));
        return joined.Add($")");
    }
}
