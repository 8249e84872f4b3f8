namespace Reeve.Core.Automations;

/// <summary>
/// Puts events that follow others behind them. An event whose leader has not been seen waits, unless it is too old to wait for
/// anything. Pure; see events.md §10.
/// </summary>
public static class CausalOrder
{
    /// <summary>How long an event waits for the one it follows.</summary>
    public static readonly TimeSpan Lookback = TimeSpan.FromMinutes(15);

    /// <param name="events">In the order they came.</param>
    /// <param name="seen">The ids of those that were evaluated before.</param>
    /// <param name="now">By this clock.</param>
    /// <returns>The events to evaluate, in order, and those to keep until their leader has come.</returns>
    public static (List<T> Ready, List<T> Waiting) Sort<T>(
        IReadOnlyList<T> events, Func<T, (Guid Id, Guid? Follows, DateTimeOffset Occurred, DateTimeOffset Received)> facts, IReadOnlySet<Guid> seen, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(events);
        ArgumentNullException.ThrowIfNull(facts);
        var ready = new List<T>(events.Count);
        var done = new HashSet<Guid>();
        var waiting = new Dictionary<Guid, List<T>>();
        foreach (var told in events)
        {
            var (id, follows, _, received) = facts(told);
            if (seen.Contains(id) || done.Contains(id)) continue;
            if (follows is not { } leader || leader == id || seen.Contains(leader) || done.Contains(leader) || now - received >= Lookback) Release(told);
            else if (waiting.TryGetValue(leader, out var others)) others.Add(told);
            else waiting[leader] = [told];
        }
        return (ready, [.. waiting.Values.SelectMany(static left => left)]);

        // Followers come right behind their leader, oldest first, and theirs behind them.
        void Release(T first)
        {
            var stack = new Stack<T>();
            stack.Push(first);
            while (stack.TryPop(out var told))
            {
                var id = facts(told).Id;
                if (!done.Add(id)) continue;
                ready.Add(told);
                if (!waiting.Remove(id, out var followers)) continue;
                foreach (var follower in followers.OrderByDescending(follower => facts(follower).Occurred)) stack.Push(follower);
            }
        }
    }
}
