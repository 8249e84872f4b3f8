using Reeve.Contract.Events;
using Reeve.Data;
using Reeve.Server.Filters;

namespace Reeve.Server.Events.Queries;

/// <summary>An event filter as conditions on a row <c>e</c> of <c>events</c>. See events.md §6.</summary>
internal sealed class EventPredicate(EventFilter filter, Dialect dialect)
{
    private readonly DateTimeOffset _since = filter.Occurred.Since ?? throw new ArgumentException("The filter's times are not resolved.", nameof(filter));
    private readonly DateTimeOffset _until = filter.Occurred.Until ?? throw new ArgumentException("The filter's times are not resolved.", nameof(filter));

    public Sql ToSql()
    {
        var where = new Predicate();
        where.Add($"e.occurred >= {_since}").Add($"e.occurred <= {_until}");
        if (filter.Event is { } name) AddName(where, name);
        if (filter.Resource is { } resource) AddResource(where, resource);
        foreach (var related in filter.Related ?? (IReadOnlyList<EventRelatedFilter>)[]) AddRelated(where, related);
        foreach (var any in filter.AnyResource ?? (IReadOnlyList<EventAnyResourceFilter>)[]) AddAny(where, any);
        if (filter.Id.Id is { Count: > 0 } ids) where.Any("e.id", ids);
        if (filter.Text is { } text && !string.IsNullOrWhiteSpace(text.Query)) where.Add(TextSearch.Parse(text.Query).Where(Searched));
        return where.ToSql();
    }

    private static Sql Searched => $"(e.event || ' ' || e.resource::text || ' ' || e.related::text || ' ' || e.payload::text)";

    private static void AddName(Predicate where, EventNameFilter name)
    {
        if (name.Prefix is { Count: > 0 } prefixes) where.Add(AnyPrefix("e.event", prefixes));
        foreach (var prefix in name.ExcludePrefix ?? []) where.Add($"not (e.event like {prefix + "%"})");
        if (name.Name is { Count: > 0 } names) where.Any("e.event", names);
        if (name.ExcludeName is { Count: > 0 } others) where.NotAny("e.event", others);
    }

    private void AddResource(Predicate where, EventResourceFilter resource)
    {
        if (resource.Id is { Count: > 0 } ids) where.Any("e.resource_id", ids);
        if (resource.IdPrefix is { Count: > 0 } prefixes) where.Add(AnyPrefix("e.resource_id", prefixes));
        if (resource.Labels is not { Count: > 0 } labels) return;
        var involved = new Predicate().Add($"r.resource_role = ''");
        // The stored labels of a primary resource have no role, so a condition on it is on a label that is not there.
        foreach (var (label, values) in labels) involved.Add(label == EventLabels.Id ? AnyPattern($"r.resource_id", values) : AnyPattern(Label(label), values));
        where.Add(Involved(involved));
    }

    private void AddRelated(Predicate where, EventRelatedFilter related)
    {
        var involved = new Predicate();
        var says = false;
        if (related.Id is { Count: > 0 } ids) { involved.Any("r.resource_id", ids); says = true; }
        if (related.Role is { Count: > 0 } roles) { involved.Any("r.resource_role", roles); says = true; }
        if (related.ResourcesInRoles is { Count: > 0 } pairs)
        {
            var any = new Predicate(any: true);
            foreach (var pair in pairs) any.Add($"(r.resource_id = {pair[0]} and r.resource_role = {pair[1]})");
            involved.Add(any);
            says = true;
        }
        if (related.Labels is { Count: > 0 } labels) { AddLabels(involved, labels); says = true; }
        if (!says) return;
        if (related.Role is not { Count: > 0 }) involved.Add($"r.resource_role <> ''");
        where.Add(Involved(involved));
    }

    private void AddAny(Predicate where, EventAnyResourceFilter any)
    {
        var involved = new Predicate();
        var says = false;
        if (any.Id is { Count: > 0 } ids) { involved.Any("r.resource_id", ids); says = true; }
        if (any.IdPrefix is { Count: > 0 } prefixes) { involved.Add(AnyPrefix("r.resource_id", prefixes)); says = true; }
        if (any.Labels is { Count: > 0 } labels) { AddLabels(involved, labels); says = true; }
        if (says) where.Add(Involved(involved));
    }

    private void AddLabels(Predicate involved, ResourceSpecification labels)
    {
        foreach (var (label, values) in labels)
        {
            if (label == EventLabels.Role) involved.Any("r.resource_role", values.Values);
            else involved.Add(label == EventLabels.Id ? AnyPattern($"r.resource_id", values) : AnyPattern(Label(label), values));
        }
    }

    private Sql Involved(Predicate involved) =>
        $"""
        e.id in (select r.event_id from event_resources r
            where r.occurred >= {_since} and r.occurred <= {_until} and {involved.ToSql()})
        """;

    private Sql Label(string label)
    {
        if (dialect == Dialect.Sqlite) return $"(select value from json_each(r.resource) where key = {label})";
        return $"(r.resource ->> {label:text})";
    }

    private static Sql AnyPrefix(string column, List<string> prefixes)
    {
        var any = new Predicate(any: true);
        foreach (var prefix in prefixes) any.Add($"{new SqlText(column)} like {prefix + "%"}");
        return any.ToSql();
    }

    /// <summary>One of the patterns fits; with none, nothing does.</summary>
    private static Sql AnyPattern(Sql value, LabelValues patterns)
    {
        if (patterns.Values.Count == 0) return $"false";
        var any = new Predicate(any: true);
        foreach (var pattern in patterns.Values)
        {
            var isNot = pattern.StartsWith('!');
            Sql like = $"({value} like {LikePattern.ToLike(isNot ? pattern[1..] : pattern)} escape '\\')";
            if (isNot) any.Add($"not {like}");
            else any.Add(like);
        }
        return any.ToSql();
    }
}
