using Reeve.Core.JsonSchema;
using Reeve.Core.Templates;
using Reeve.Server.Events;

namespace Reeve.Server.Automations.Templates;

/// <summary>A resource of an event as templates see it.</summary>
internal sealed class ResourceObject(IReadOnlyDictionary<string, string> labels) : ITemplateObject
{
    public string TypeName => labels.ContainsKey(EventLabels.Role) ? "RelatedResource" : "Resource";

    public string Id => labels.ResourceId();

    public bool TryGetAttribute(string name, out object? value)
    {
        value = name switch
        {
            "id" => Id,
            "name" => labels.GetValueOrDefault(EventLabels.Name),
            "role" => labels.GetValueOrDefault(EventLabels.Role),
            "labels" => new LabelTree(labels),
            _ => null,
        };
        return value is not null || name is "name" or "role";
    }

    public bool TryGetItem(object? key, out object? value)
    {
        value = null;
        if (key is not string name || !labels.TryGetValue(name, out var text)) return false;
        value = text;
        return true;
    }

    public bool TryGetJson(out object? tree)
    {
        var map = new JsonMap();
        foreach (var (label, text) in labels) map[label] = text;
        tree = map;
        return true;
    }

    public string Repr() => $"{TypeName}({string.Join(", ", labels.Select(static label => $"{label.Key}={label.Value}"))})";
}
