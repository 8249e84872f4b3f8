namespace Reeve.Testing;

/// <summary>What a test has seen happen so far, in order, with a way to wait for more. Hand <see cref="Add"/> to the code under test before acting.</summary>
/// <param name="name">What is observed, for messages.</param>
public sealed class Observed<T>(string name)
{
    private readonly Lock gate = new();
    private readonly List<T> items = [];
    private TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>A copy of what was seen.</summary>
    public IReadOnlyList<T> Items
    {
        get
        {
            lock (gate)
                return [.. items];
        }
    }

    public void Add(T item)
    {
        TaskCompletionSource wake;
        lock (gate)
        {
            items.Add(item);
            wake = changed;
            changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        wake.SetResult();
    }

    /// <summary>The first item, past or future, that matches.</summary>
    /// <exception cref="TimeoutException">None came in time; the message lists what did.</exception>
    public async Task<T> FirstAsync(Func<T, bool> match, string phase, string expected, TimeSpan? limit = null)
    {
        ArgumentNullException.ThrowIfNull(match);
        var seen = await AtLeastAsync(1, match, phase, expected, limit);
        return seen[0];
    }

    /// <summary>All matching items, once there are at least so many.</summary>
    /// <exception cref="TimeoutException">They did not come in time; the message lists what did.</exception>
    public async Task<IReadOnlyList<T>> AtLeastAsync(int count, Func<T, bool> match, string phase, string expected, TimeSpan? limit = null)
    {
        ArgumentNullException.ThrowIfNull(match);
        var expiry = Task.Delay(limit ?? Eventually.Limit, TimeProvider.System);
        while (true)
        {
            Task next;
            T[] matching;
            lock (gate)
            {
                matching = [.. items.Where(match)];
                next = changed.Task;
            }

            if (matching.Length >= count)
                return matching;
            if (await Task.WhenAny(next, expiry) == expiry)
                throw Eventually.Expired(phase, name, expected, $"[{string.Join(", ", Items)}]", limit);
        }
    }
}
