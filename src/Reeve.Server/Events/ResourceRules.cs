using Reeve.Contract.Events;
using Reeve.Core.Automations;

namespace Reeve.Server.Events;

/// <summary>Makes resource specifications, as they are sent and stored, ready to be matched.</summary>
internal static class ResourceRules
{
    public static ResourceRule From(ResourceSpecification? specification) => specification is not { Count: > 0 }
        ? ResourceRule.Any
        : new ResourceRule(specification.ToDictionary(
            static label => label.Key,
            static label => (IReadOnlyList<LabelPattern>)[.. label.Value.Values.Select(static text => new LabelPattern(text))],
            StringComparer.Ordinal));
}
