using System.Collections;

namespace Reeve.Core.Templates.Values;

/// <summary>A dict: keeps the order of its keys.</summary>
internal sealed class PythonDict : IEnumerable<KeyValuePair<object, object?>>
{
    private readonly OrderedDictionary<object, object?> _items = new(PythonKeys.Instance);

    public int Count => _items.Count;

    public IEnumerable<object?> Keys => _items.Keys.Select(PythonKeys.Value);

    public IEnumerable<object?> Values => _items.Values;

    public IEnumerable<object?> Pairs => _items.Select(pair => (object?)new PythonTuple([PythonKeys.Value(pair.Key), pair.Value]));

    public object? this[object? key]
    {
        set => _items[PythonKeys.Key(key)] = value;
    }

    public bool TryGet(object? key, out object? value) => _items.TryGetValue(PythonKeys.Key(key), out value);

    public IEnumerator<KeyValuePair<object, object?>> GetEnumerator() => _items.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
