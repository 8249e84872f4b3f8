using System.Globalization;
using Reeve.Core.Python;

namespace Reeve.Core.JsonSchema;

/// <summary>Finds what a <c>$ref</c> names within one document. Nothing is ever fetched.</summary>
internal sealed class SchemaReferences(object? root)
{
    private Dictionary<string, object?>? _anchors;
    private Dictionary<string, object?>? _ids;

    public object? Root { get; } = root;

    public object? Resolve(string reference)
    {
        var hash = reference.IndexOf('#', StringComparison.Ordinal);
        var document = hash < 0 ? reference : reference[..hash];
        var fragment = hash < 0 ? "" : reference[(hash + 1)..];
        var start = Root;
        if (document.Length > 0)
        {
            if (document == MetaSchema.Id)
                start = MetaSchema.Document;
            else if (!Ids.TryGetValue(document, out start))
                throw new SchemaException(SchemaFault.Unresolvable, "Validation failed. Failure reason: Unresolvable: " + reference);
        }

        if (fragment.Length == 0)
            return start;
        var decoded = Uri.UnescapeDataString(fragment);
        if (decoded[0] == '/')
            return Pointer(start, decoded);
        return Anchors.TryGetValue(decoded, out var anchored) ? anchored : throw Missing("NoSuchAnchor", decoded, start);
    }

    private static object? Pointer(object? start, string pointer)
    {
        var current = start;
        foreach (var raw in pointer[1..].Split('/'))
        {
            var part = raw.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            if (current is JsonMap map && map.TryGetValue(part, out var value))
                current = value;
            else if (current is List<object?> list && int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < list.Count)
                current = list[index];
            else
                throw Missing("PointerToNowhere", pointer, start);
        }

        return current;
    }

    private static SchemaException Missing(string kind, string name, object? within) =>
        new(SchemaFault.Unresolvable, $"Validation failed. Failure reason: {kind}: {PythonText.Repr(name)} does not exist within {PythonText.Repr(within)}");

    private Dictionary<string, object?> Anchors
    {
        get
        {
            Index();
            return _anchors!;
        }
    }

    private Dictionary<string, object?> Ids
    {
        get
        {
            Index();
            return _ids!;
        }
    }

    private void Index()
    {
        if (_anchors is not null)
            return;
        _anchors = new(StringComparer.Ordinal);
        _ids = new(StringComparer.Ordinal);
        var open = new Stack<object?>();
        open.Push(Root);
        while (open.TryPop(out var node))
        {
            switch (node)
            {
                case JsonMap map:
                    if (map.GetValueOrDefault("$anchor") is string anchor)
                        _anchors.TryAdd(anchor, map);
                    if (map.GetValueOrDefault("$dynamicAnchor") is string dynamic)
                        _anchors.TryAdd(dynamic, map);
                    if (map.GetValueOrDefault("$id") is string id)
                        _ids.TryAdd(id.TrimEnd('#'), map);
                    foreach (var value in map.Values.Reverse())
                        open.Push(value);
                    break;
                case List<object?> list:
                    foreach (var value in Enumerable.Reverse(list))
                        open.Push(value);
                    break;
            }
        }
    }
}
