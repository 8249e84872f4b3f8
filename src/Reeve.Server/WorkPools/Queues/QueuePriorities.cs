namespace Reeve.Server.WorkPools.Queues;

/// <summary>The ranks of a pool's queues: 1 is served first, each rank is held once.</summary>
internal static class QueuePriorities
{
    /// <summary>The smallest rank from 1 that nobody holds.</summary>
    public static int Free(IEnumerable<int> taken)
    {
        var free = 1;
        foreach (var priority in taken.Order())
        {
            if (priority > free) break;
            if (priority == free) free++;
        }
        return free;
    }

    /// <summary>
    /// Who must move when <paramref name="moved"/> takes the rank <paramref name="priority"/>: whoever holds it steps one
    /// back, and so on until a gap. Nobody moves up to fill one.
    /// </summary>
    /// <param name="others">The other queues of the pool.</param>
    /// <param name="moved">The queue that takes the rank.</param>
    /// <param name="priority">The rank, from 1.</param>
    /// <returns>The queues with a new rank, the moved one not among them.</returns>
    public static List<(Guid Id, int Priority)> Shift(IEnumerable<(Guid Id, int Priority)> others, Guid moved, int priority)
    {
        var queues = others.Where(queue => queue.Id != moved).OrderBy(static queue => queue.Priority).ToList();
        var at = queues.FindIndex(queue => queue.Priority >= priority);
        if (at < 0) return [];
        var changed = new List<(Guid, int)>();
        var last = priority;
        foreach (var queue in queues.Skip(at))
        {
            if (queue.Priority <= last) changed.Add((queue.Id, ++last));
            else last = queue.Priority;
        }
        return changed;
    }
}
