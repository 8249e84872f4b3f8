using Reeve.Contract.Logs;
using Reeve.Data;
using Reeve.Server.Messaging;
using Reeve.Server.Services;
using Reeve.Server.Streams;

namespace Reeve.Server.Logs;

/// <summary>Shows log lines to the sockets of <c>/logs/out</c>.</summary>
internal sealed class LogDistributor(Db db, IMessageBus bus, StreamMeters meters, TimeProvider clock) : StreamService<Log>(db, bus, meters, clock, Source)
{
    private static readonly StreamSource<Log> Source = new(
        Messaging.Topics.Logs, DbTopics.LogStream, StoredElsewhere: null, new SqlText("log"), "log", static log => log.Id);

    private static readonly SqlText Columns = new(LogRow.Columns("l"));

    private readonly Db _db = db;

    public override ServiceInfo Info => ServiceCatalogue.LogDistributor;

    protected override Task<List<Log>> LoadAsync(Guid[] ids, CancellationToken cancel) => _db.ListAsync(
        $"select {Columns} from log l where l.id = any({ids}) order by l.timestamp, l.id", static row => LogRow.Read(row), cancel);
}
