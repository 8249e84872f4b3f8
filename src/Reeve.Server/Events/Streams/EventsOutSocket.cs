using System.Text.Json;
using Reeve.Contract;
using Reeve.Contract.Events;
using Reeve.Server.Events.Queries;
using Reeve.Server.Http.WebSockets;
using Reeve.Server.Streams;
using Reeve.Settings.Views;

namespace Reeve.Server.Events.Streams;

/// <summary><c>/events/out</c>: the events that fit a filter, first those of the last minutes, then each as it is stored.</summary>
internal sealed class EventsOutSocket(Distributor distributor, EventStore events, ServerSettings settings, TimeProvider clock)
{
    /// <summary>
    /// Ids remembered to leave out what the look back has shown, for as long as the client stays. That is not only what comes meanwhile: a process that was
    /// held still offers its readers all that was stored in that time, and may tell of what it had stored before whenever it goes on. One id is 28 bytes.
    /// </summary>
    private const int MostRemembered = Distributor.MostRemembered;

    public async Task RunAsync(ApiSocket socket)
    {
        using var message = await StreamSocket.FilterAsync(socket, "/events/filter", "filter", settings.Reeve.StrictRequests);
        if (message is null) return;
        var now = clock.GetUtcNow();
        var filter = message.RootElement.GetProperty("filter").Deserialize(ReeveJson.TypeInfo<EventFilter>())!.Resolve(now);
        var earliest = now - settings.Events.MaximumWebsocketBackfill;
        if (filter.Occurred.Since < earliest) filter.Occurred.Since = earliest;
        filter.Order = EventOrder.Asc;

        var gone = StreamSocket.GoneAsync(socket);
        if (!settings.Events.StreamOutEnabled)
        {
            await gone;
            return;
        }
        using var reader = await distributor.OpenAsync(new EventMatcher(filter).Includes, socket.Cancel);
        var shown = message.RootElement.TryGetProperty("backfill", out var backfill) && backfill.ValueKind == JsonValueKind.False
            ? [] : await BackfillAsync(socket, filter, gone);
        if (shown is not null) await StreamSocket.PumpAsync(socket, reader, gone, shown);
    }

    /// <summary>Sends what is stored; the ids of the last of them, or null when the client is gone.</summary>
    private async Task<HashSet<Guid>?> BackfillAsync(ApiSocket socket, EventFilter filter, Task gone)
    {
        var last = new Queue<Guid>();
        var size = settings.Events.WebsocketBackfillPageSize;
        var page = await events.PageAsync(filter, size, 0, socket.Cancel);
        while (!gone.IsCompleted)
        {
            foreach (var told in page)
            {
                if (!await socket.SendAsync(distributor.Item(told).Frame)) return null;
                last.Enqueue(told.Id);
                if (last.Count > MostRemembered) last.Dequeue();
            }
            if (page.Count < size) return [.. last];
            page = await events.AfterAsync(filter, page[^1].Occurred, page[^1].Id, size, socket.Cancel);
        }
        return null;
    }
}
