using System.Text.Json;
using Reeve.Contract;
using Reeve.Contract.Events;
using Reeve.Core;
using Reeve.Data;
using Reeve.Settings.Views;

namespace Reeve.Server.Events;

/// <summary>Takes the events of clients into the outbox. When <see cref="TakeAsync"/> has returned they are durable.</summary>
internal sealed partial class EventIngest(Db db, ServerSettings settings, ILogger<EventIngest> log)
{
    public async Task TakeAsync(IReadOnlyCollection<Event> events, DateTimeOffset now, CancellationToken cancel)
    {
        var rows = new List<(DateTimeOffset Occurred, RawJson Json)>(events.Count);
        var most = settings.Events.MaximumSizeBytes;
        foreach (var told in events)
        {
            var json = new RawJson(JsonSerializer.SerializeToUtf8Bytes(told, ReeveJson.TypeInfo<Event>()));
            if (json.Utf8.Length > most) LogTooLarge(log, told.Name, told.Id, json.Utf8.Length, most);
            else rows.Add((told.Occurred, json));
        }
        if (rows.Count == 0) return;
        var batch = new SqlBatch();
        batch.Insert(
            $"insert into reeve_outbox (occurred, event, created)", rows, row => $"({row.Occurred}, {row.Json}, {now})");
        batch.SignalHere(DbTopics.Outbox);
        await db.WriteAsync(batch, cancel);
    }

    [LoggerMessage(3001, LogLevel.Warning,
        "Event {Event} {Id} was dropped: it has {Size} bytes and PREFECT_SERVER_EVENTS_MAXIMUM_SIZE_BYTES is {Limit}")]
    private static partial void LogTooLarge(ILogger log, string @event, Guid id, int size, int limit);
}
