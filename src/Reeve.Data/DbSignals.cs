using System.Collections.Concurrent;

namespace Reeve.Data;

/// <summary>
/// Wake-ups by topic. A waiter arms first, looks at the database, then waits: a signal in between is not lost.
/// A signal says "look again", never what changed.
/// </summary>
public sealed class DbSignals
{
    private readonly ConcurrentDictionary<string, ConcurrentDictionary<DbSignalWaiter, bool>> _waiters = new();

    /// <summary>A waiter on some topics; dispose it to stop listening.</summary>
    public DbSignalWaiter Listen(params ReadOnlySpan<string> topics)
    {
        var waiter = new DbSignalWaiter(this, topics.ToArray());
        foreach (var topic in topics) _waiters.GetOrAdd(topic, static _ => new())[waiter] = true;
        return waiter;
    }

    /// <summary>Wakes this process's waiters.</summary>
    public void Raise(string topic)
    {
        if (!_waiters.TryGetValue(topic, out var waiters)) return;
        foreach (var (waiter, _) in waiters) waiter.Set();
    }

    /// <summary>Wakes everybody: after a lost listening connection nobody can say what was missed.</summary>
    public void RaiseAll()
    {
        foreach (var topic in _waiters.Keys) Raise(topic);
    }

    internal void Remove(DbSignalWaiter waiter, string[] topics)
    {
        foreach (var topic in topics)
        {
            if (_waiters.TryGetValue(topic, out var waiters)) waiters.TryRemove(waiter, out _);
        }
    }
}
