using System.Text.Json;
using Reeve.Contract;
using Reeve.Contract.Events;
using Reeve.Data;
using Reeve.Server.Messaging;
using Reeve.Server.Services;
using Reeve.Server.Streams;

namespace Reeve.Server.Events.Streams;

/// <summary>Shows events to the sockets of <c>/events/out</c>.</summary>
internal sealed class Distributor(Db db, IMessageBus bus, TimeProvider clock)
    : StreamService<ReceivedEvent>(db, bus, clock, Messaging.Topics.Events, DbTopics.EventStream, DbTopics.EventsElsewhere)
{
    private const int MostRows = 20_000;

    private readonly Db _db = db;
    private static readonly SqlText Columns = new(ReceivedEventRow.Columns("e"));

    public override ServiceInfo Info => ServiceCatalogue.Distributor;

    /// <summary>An event as it is sent: <c>{"type":"event","event":…}</c>.</summary>
    public static StreamItem<ReceivedEvent> Item(ReceivedEvent told) => Item(told, JsonSerializer.SerializeToUtf8Bytes(told, ReeveJson.TypeInfo<ReceivedEvent>()));

    protected override StreamItem<ReceivedEvent>? Read(Message message)
    {
        try
        {
            return Item(JsonSerializer.Deserialize(message.Json.Span, ReeveJson.TypeInfo<ReceivedEvent>())!, message.Json);
        }
        catch (JsonException)
        {
            // Somebody else writes to our stream.
            return null;
        }
    }

    protected override Task<DateTimeOffset?> NewestAsync(CancellationToken cancel) =>
        _db.OneAsync($"select max(updated) from events", static row => row.GetInstantOrNull(0), cancel);

    protected override Task<List<(Guid Id, DateTimeOffset Written)>> SinceAsync(DateTimeOffset position, CancellationToken cancel) =>
        _db.ListAsync(
            $"select e.id, e.updated from events e where e.updated >= {position} order by e.updated limit {MostRows}",
            static row => (row.GetGuid(0), row.GetInstant(1)), cancel);

    protected override async Task<List<StreamItem<ReceivedEvent>>> LoadAsync(Guid[] ids, CancellationToken cancel) =>
        (await _db.ListAsync(
            $"select {Columns} from events e where e.id = any({ids}) order by e.received, e.id",
            static row => ReceivedEventRow.Read(row), cancel)).ConvertAll(Item);

    private static StreamItem<ReceivedEvent> Item(ReceivedEvent told, ReadOnlyMemory<byte> json) =>
        new(told.Id, told, (byte[])[.. """{"type":"event","event":"""u8, .. json.Span, (byte)'}']);
}
