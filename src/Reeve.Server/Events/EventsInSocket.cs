using System.Text.Json;
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
        var pending = new UnwrittenEvents(ingest, clock);
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
}
