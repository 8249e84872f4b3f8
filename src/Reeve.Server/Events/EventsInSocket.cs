using System.Text.Json;
using Reeve.Contract.Events;
using Reeve.Server.Http.WebSockets;

namespace Reeve.Server.Events;

/// <summary>
/// <c>/events/in</c>: one event a text frame, no answers. A client takes a pong for the receipt of everything it sent before
/// the ping, so nothing, and so no pong, is written to the connection while events read from it are not durable.
/// </summary>
internal sealed class EventsInSocket(EventReader reader, EventIngest ingest, TimeProvider clock)
{
    private const int MostAtOnce = 256;

    public async Task RunAsync(ApiSocket socket)
    {
        var pending = new Pending(ingest, clock);
        socket.BeforeWrite = pending.FlushAsync;
        try
        {
            while (true)
            {
                var next = socket.ReceiveAsync();
                // Nothing more has arrived: no reason to let those that have wait.
                if (!next.IsCompleted) await pending.FlushAsync();
                if (await next is not { } frame) break;
                pending.Add(reader.ReadOne(frame));
                if (pending.Count >= MostAtOnce) await pending.FlushAsync();
            }
        }
        catch (JsonException)
        {
            socket.Abort();
        }
        finally
        {
            await pending.FlushAsync();
        }
    }

    /// <summary>Events read from one connection and not yet written.</summary>
    private sealed class Pending(EventIngest ingest, TimeProvider clock)
    {
        private readonly SemaphoreSlim _one = new(1, 1);
        private readonly Lock _gate = new();
        private List<Event> _events = [];

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

        // Written without the connection's cancellation: a client that leaves has still sent them.
        public async Task FlushAsync()
        {
            await _one.WaitAsync(CancellationToken.None);
            try
            {
                List<Event> events;
                lock (_gate)
                {
                    if (_events.Count == 0) return;
                    events = _events;
                    _events = [];
                }
                await ingest.TakeAsync(events, clock.GetUtcNow(), CancellationToken.None);
            }
            finally
            {
                _one.Release();
            }
        }
    }
}
