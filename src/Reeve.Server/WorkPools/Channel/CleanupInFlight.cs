using System.Collections.Concurrent;

namespace Reeve.Server.WorkPools.Channel;

/// <summary>The orders that workers hold, by worker rather than by connection, so that one that reconnects keeps its count.</summary>
internal sealed class CleanupInFlight
{
    private readonly ConcurrentDictionary<(Guid Pool, Guid Consumer, string Worker), Dictionary<Guid, DateTimeOffset>> _held = new();

    /// <summary>How many the worker holds whose lease has not ended.</summary>
    public int Count(Guid pool, WorkerHello worker, DateTimeOffset now)
    {
        if (!_held.TryGetValue(Key(pool, worker), out var held)) return 0;
        lock (held)
        {
            foreach (var (order, until) in held)
            {
                if (until <= now) held.Remove(order);
            }
            return held.Count;
        }
    }

    public void Hold(Guid pool, WorkerHello worker, Guid order, DateTimeOffset until)
    {
        var held = _held.GetOrAdd(Key(pool, worker), static _ => []);
        lock (held) held[order] = until;
    }

    public void Release(Guid pool, WorkerHello worker, Guid order)
    {
        if (!_held.TryGetValue(Key(pool, worker), out var held)) return;
        lock (held) held.Remove(order);
    }

    /// <summary>The connection ended: what is not held any more needs no memory.</summary>
    public void Ended(Guid pool, WorkerHello worker, DateTimeOffset now)
    {
        if (Count(pool, worker, now) == 0) _held.TryRemove(Key(pool, worker), out _);
    }

    private static (Guid, Guid, string) Key(Guid pool, WorkerHello worker) => (pool, worker.ConsumerId, worker.WorkerName);
}
