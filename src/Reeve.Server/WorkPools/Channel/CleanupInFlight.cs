namespace Reeve.Server.WorkPools.Channel;

/// <summary>The orders that workers hold, by worker rather than by connection, so that one that reconnects keeps its count.</summary>
internal sealed class CleanupInFlight
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(Guid Pool, Guid Consumer, string Worker), Dictionary<Guid, DateTimeOffset>> _held = [];

    /// <summary>Workers that are remembered.</summary>
    public int Workers
    {
        get
        {
            lock (_gate) return _held.Count;
        }
    }

    /// <summary>How many the worker holds whose lease has not ended.</summary>
    public int Count(Guid pool, WorkerHello worker, DateTimeOffset now)
    {
        lock (_gate) return _held.TryGetValue(Key(pool, worker), out var held) ? held.Values.Count(until => until > now) : 0;
    }

    public void Hold(Guid pool, WorkerHello worker, Guid order, DateTimeOffset until)
    {
        lock (_gate)
        {
            if (!_held.TryGetValue(Key(pool, worker), out var held)) _held[Key(pool, worker)] = held = [];
            held[order] = until;
        }
    }

    public void Release(Guid pool, WorkerHello worker, Guid order)
    {
        lock (_gate)
        {
            if (_held.TryGetValue(Key(pool, worker), out var held) && held.Remove(order) && held.Count == 0) _held.Remove(Key(pool, worker));
        }
    }

    /// <summary>A connection ended: what nobody holds any more needs no memory, be it of workers that never came back.</summary>
    public void Forget(DateTimeOffset now)
    {
        lock (_gate)
        {
            foreach (var (worker, held) in _held)
            {
                foreach (var (order, until) in held)
                {
                    if (until <= now) held.Remove(order);
                }
                if (held.Count == 0) _held.Remove(worker);
            }
        }
    }

    private static (Guid, Guid, string) Key(Guid pool, WorkerHello worker) => (pool, worker.ConsumerId, worker.WorkerName);
}
