namespace Reeve.Server.Streams;

/// <summary>The last so many ids, to know what was seen. For several threads: readers that open tell of ids while the service shows others.</summary>
internal sealed class RecentIds(int capacity)
{
    private readonly Lock _gate = new();
    private readonly HashSet<Guid> _known = [];
    private readonly Queue<Guid> _order = [];

    /// <summary>True when it is new.</summary>
    public bool Add(Guid id)
    {
        lock (_gate)
        {
            if (!_known.Add(id)) return false;
            _order.Enqueue(id);
            if (_order.Count > capacity) _known.Remove(_order.Dequeue());
            return true;
        }
    }

    public bool Contains(Guid id)
    {
        lock (_gate) return _known.Contains(id);
    }
}
