namespace Reeve.Data;

/// <summary>One listener of <see cref="DbSignals"/>: remembers that it was signalled until it is asked.</summary>
public sealed class DbSignalWaiter : IDisposable
{
    private readonly DbSignals _owner;
    private readonly string[] _topics;
    private readonly SemaphoreSlim _signalled = new(0, 1);

    internal DbSignalWaiter(DbSignals owner, string[] topics)
    {
        _owner = owner;
        _topics = topics;
    }

    public void Set()
    {
        try
        {
            if (_signalled.CurrentCount == 0) _signalled.Release();
        }
        catch (SemaphoreFullException)
        {
            // Two signals at once are one.
        }
        catch (ObjectDisposedException)
        {
            // Signalled while being taken down.
        }
    }

    /// <summary>Waits for a signal, at most <paramref name="limit"/>, without end if that is <see cref="Timeout.InfiniteTimeSpan"/>; true when there was one.</summary>
    public async Task<bool> WaitAsync(TimeSpan limit, TimeProvider clock, CancellationToken cancel)
    {
        if (_signalled.Wait(0, CancellationToken.None)) return true;
        var isEndless = limit == Timeout.InfiniteTimeSpan || limit.TotalMilliseconds >= uint.MaxValue - 1;
        if (limit <= TimeSpan.Zero && !isEndless) return false;
        using var timeout = isEndless
            ? new CancellationTokenSource()
            : new CancellationTokenSource(limit, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancel);
        try
        {
            await _signalled.WaitAsync(either.Token);
            return true;
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return false;
        }
    }

    public void Dispose()
    {
        _owner.Remove(this, _topics);
        _signalled.Dispose();
    }
}
