using System.Text.Json;
using Reeve.Contract;
using Reeve.Contract.Logs;
using Reeve.Data;
using Reeve.Server.Messaging;
using Reeve.Server.Services;
using Reeve.Server.Streams;

namespace Reeve.Server.Logs;

/// <summary>Shows log lines to the sockets of <c>/logs/out</c>.</summary>
internal sealed class LogDistributor(Db db, IMessageBus bus, TimeProvider clock)
    : StreamService<Log>(db, bus, clock, Messaging.Topics.Logs, DbTopics.LogStream, storedElsewhere: null)
{
    private const int MostRows = 20_000;

    private readonly Db _db = db;
    private static readonly SqlText Columns = new(LogRow.Columns("l"));

    public override ServiceInfo Info => ServiceCatalogue.LogDistributor;

    protected override StreamItem<Log>? Read(Message message)
    {
        try
        {
            return Item(JsonSerializer.Deserialize(message.Json.Span, ReeveJson.TypeInfo<Log>())!, message.Json);
        }
        catch (JsonException)
        {
            // Somebody else writes to our stream.
            return null;
        }
    }

    protected override Task<DateTimeOffset?> NewestAsync(CancellationToken cancel) =>
        _db.OneAsync($"select max(updated) from log", static row => row.GetInstantOrNull(0), cancel);

    protected override Task<List<(Guid Id, DateTimeOffset Written)>> SinceAsync(DateTimeOffset position, CancellationToken cancel) =>
        _db.ListAsync(
            $"select l.id, l.updated from log l where l.updated >= {position} order by l.updated limit {MostRows}",
            static row => (row.GetGuid(0), row.GetInstant(1)), cancel);

    protected override async Task<List<StreamItem<Log>>> LoadAsync(Guid[] ids, CancellationToken cancel) =>
        (await _db.ListAsync(
            $"select {Columns} from log l where l.id = any({ids}) order by l.timestamp, l.id",
            static row => LogRow.Read(row), cancel)).ConvertAll(static log => Item(log, JsonSerializer.SerializeToUtf8Bytes(log, ReeveJson.TypeInfo<Log>())));

    private static StreamItem<Log> Item(Log log, ReadOnlyMemory<byte> json) =>
        new(log.Id, log, (byte[])[.. """{"type":"log","log":"""u8, .. json.Span, (byte)'}']);
}
