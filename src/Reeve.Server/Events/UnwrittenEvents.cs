using System.Runtime.ExceptionServices;
using Reeve.Contract.Events;

namespace Reeve.Server.Events;

/// <summary>Events read from one connection and not yet written.</summary>
internal sealed class UnwrittenEvents(EventIngest ingest, TimeProvider clock)
{
    private readonly SemaphoreSlim _one = new(1, 1);
    private readonly Lock _gate = new();
    private List<Event> _events = [];
    private ExceptionDispatchInfo? _failure;

    public int Count
    {
        get
        {
            lock (_gate) return _events.Count;
        }
    }

    public void Add(Event told)
    {
        lock (_gate) _events.Add(told);
    }

    /// <summary>Returns when all that were added before are durable; never again once some could not be written. Written without the connection's cancellation: a client that leaves has still sent them.</summary>
    public async Task FlushAsync()
    {
        await _one.WaitAsync(CancellationToken.None);
        try
        {
            // Who waited for the write that failed, such as a pong, must not go on as if those events had never been there.
            _failure?.Throw();
            List<Event> events;
            lock (_gate)
            {
                if (_events.Count == 0) return;
                events = _events;
                _events = [];
            }
            await ingest.TakeAsync(events, clock.GetUtcNow(), CancellationToken.None);
        }
        catch (Exception error)
        {
            _failure ??= ExceptionDispatchInfo.Capture(error);
            throw;
        }
        finally
        {
            _one.Release();
        }
    }
}
