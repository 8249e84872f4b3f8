using Reeve.Contract.Events;
using Reeve.Core.Automations;
using Reeve.Server.Filters;

namespace Reeve.Server.Events.Streams;

/// <summary>An event filter on events in memory; as <see cref="Queries.EventPredicate"/>, but case counts everywhere. See events.md §6.3.</summary>
internal sealed class EventMatcher(EventFilter filter)
{
    private readonly TextSearch? _text = filter.Text is { } text && !string.IsNullOrWhiteSpace(text.Query) ? TextSearch.Parse(text.Query) : null;
    private readonly ResourceRule _resource = ResourceRules.From(filter.Resource?.Labels);
    private readonly List<(EventRelatedFilter Filter, ResourceRule Labels)> _related =
        [.. (filter.Related ?? Enumerable.Empty<EventRelatedFilter>()).Select(static each => (each, ResourceRules.From(each.Labels)))];
    private readonly List<(EventAnyResourceFilter Filter, ResourceRule Labels)> _any =
        [.. (filter.AnyResource ?? Enumerable.Empty<EventAnyResourceFilter>()).Select(static each => (each, ResourceRules.From(each.Labels)))];

    public bool Includes(ReceivedEvent told) =>
        (filter.Occurred.Since is not { } since || told.Occurred >= since)
        && (filter.Occurred.Until is not { } until || told.Occurred <= until)
        && (filter.Id.Id is not { Count: > 0 } ids || ids.Contains(told.Id))
        && (filter.Event is not { } name || Fits(name, told.Event))
        && (filter.Resource is not { } resource || Fits(resource.Id, resource.IdPrefix, _resource, told.Resource))
        && _related.TrueForAll(each => Fits(each.Filter, each.Labels, told))
        && _any.TrueForAll(each => Involved(told).Any(one => Fits(each.Filter.Id, each.Filter.IdPrefix, each.Labels, one)))
        && (_text is null || _text.Matches(Text(told)));

    private static bool Fits(EventNameFilter name, string text) =>
        (name.Prefix is not { Count: > 0 } prefixes || prefixes.Exists(prefix => text.StartsWith(prefix, StringComparison.Ordinal)))
        && (name.ExcludePrefix is not { } others || !others.Exists(prefix => text.StartsWith(prefix, StringComparison.Ordinal)))
        && (name.Name is not { Count: > 0 } names || names.Contains(text))
        && (name.ExcludeName is not { } excluded || !excluded.Contains(text));

    private static bool Fits(List<string>? ids, List<string>? prefixes, ResourceRule labels, Dictionary<string, string> resource)
    {
        var id = resource.ResourceId();
        return (ids is not { Count: > 0 } || ids.Contains(id))
            && (prefixes is not { Count: > 0 } || prefixes.Exists(prefix => id.StartsWith(prefix, StringComparison.Ordinal)))
            && labels.Matches(resource);
    }

    private static bool Fits(EventRelatedFilter related, ResourceRule labels, ReceivedEvent told)
    {
        if (related is { Id: not { Count: > 0 }, Role: not { Count: > 0 }, ResourcesInRoles: not { Count: > 0 }, Labels: not { Count: > 0 } }) return true;
        return told.Related.Exists(resource =>
        {
            var id = resource.ResourceId();
            var role = resource.GetValueOrDefault(EventLabels.Role) ?? "";
            return (related.Id is not { Count: > 0 } ids || ids.Contains(id))
                && (related.Role is not { Count: > 0 } roles || roles.Contains(role))
                && (related.ResourcesInRoles is not { Count: > 0 } pairs || pairs.Exists(pair => pair[0] == id && pair[1] == role))
                && labels.Matches(resource);
        });
    }

    private static IEnumerable<Dictionary<string, string>> Involved(ReceivedEvent told) => told.Related.Prepend(told.Resource);

    private static string Text(ReceivedEvent told) =>
        string.Join(' ', Involved(told).SelectMany(static resource => resource.Values).Prepend(told.Event).Append(told.Payload.ToString()));
}
