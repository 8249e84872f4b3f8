using System.Collections;

namespace Reeve.Contract;

/// <summary>A member that may be sent as a single item or as a list of items, and is sent back the way it came.</summary>
public sealed class OneOrMany<T> : IReadOnlyList<T>
{
    private readonly List<T> items;

    public OneOrMany(T item) => items = [item];

    public OneOrMany(List<T> items)
    {
        this.items = items;
        IsList = true;
    }

    /// <summary>True when it is written as a list, also one of a single item.</summary>
    public bool IsList { get; }

    public int Count => items.Count;

    public T this[int index] => items[index];

    public IEnumerator<T> GetEnumerator() => items.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => items.GetEnumerator();
}
