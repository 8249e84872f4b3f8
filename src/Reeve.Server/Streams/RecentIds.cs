namespace Reeve.Server.Streams;

/// <summary>The last so many ids, to know what was seen.</summary>
internal sealed class RecentIds(int capacity)
{
    private readonly HashSet<Guid> _known = [];
    private readonly Queue<Guid> _order = [];

    /// <summary>True when it is new.</summary>
    public bool Add(Guid id)
    {
        if (!_known.Add(id)) return false;
        _order.Enqueue(id);
        if (_order.Count > capacity) _known.Remove(_order.Dequeue());
        return true;
    }

    public bool Contains(Guid id) => _known.Contains(id);

    public void Clear()
    {
        _known.Clear();
        _order.Clear();
    }
}
