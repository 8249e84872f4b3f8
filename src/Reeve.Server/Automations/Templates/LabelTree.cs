using System.Collections;
using Reeve.Core.JsonSchema;
using Reeve.Core.Python;
using Reeve.Core.Templates;

namespace Reeve.Server.Automations.Templates;

/// <summary>Labels by parts of their names: <c>labels.prefect.resource.id</c>, or whole: <c>labels['prefect.resource.id']</c>.</summary>
internal sealed class LabelTree(IReadOnlyDictionary<string, string> labels, string prefix = "") : ITemplateObject, IEnumerable<object?>
{
    public string TypeName => "LabelDiver";

    /// <summary>Loops go through pairs of a label and its value.</summary>
    public IEnumerator<object?> GetEnumerator() => labels.Select(static label => (object?)TemplateValue.List([label.Key, label.Value])).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public bool TryGetAttribute(string name, out object? value)
    {
        var full = prefix.Length == 0 ? name : $"{prefix}.{name}";
        if (labels.Keys.Any(label => label.StartsWith(full + ".", StringComparison.Ordinal)))
        {
            value = new LabelTree(labels, full);
            return true;
        }
        var known = labels.TryGetValue(full, out var text);
        value = text;
        return known;
    }

    public bool TryGetItem(object? key, out object? value)
    {
        value = null;
        if (key is not string name) return false;
        var known = labels.TryGetValue(prefix.Length == 0 ? name : $"{prefix}.{name}", out var text);
        value = text;
        return known;
    }

    public bool TryGetJson(out object? tree)
    {
        var map = new JsonMap();
        foreach (var (label, value) in labels) map[label] = value;
        tree = map;
        return true;
    }

    public string Str() => labels.GetValueOrDefault(prefix) ?? "";

    public string Repr() => PythonText.Repr(Str());
}
