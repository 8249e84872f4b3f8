using Reeve.Contract.Events;
using Reeve.Data;
using Reeve.Server.Messaging;
using Reeve.Server.Services;
using Reeve.Server.Streams;

namespace Reeve.Server.Events.Streams;

/// <summary>Shows events to the sockets of <c>/events/out</c>.</summary>
internal sealed class Distributor(Db db, IMessageBus bus, StreamMeters meters, TimeProvider clock) : StreamService<ReceivedEvent>(db, bus, meters, clock, Source)
{
    private static readonly StreamSource<ReceivedEvent> Source = new(
        Messaging.Topics.Events, DbTopics.EventStream, DbTopics.EventsElsewhere, new SqlText("events"), "event", static told => told.Id);

    private static readonly SqlText Columns = new(ReceivedEventRow.Columns("e"));

    private readonly Db _db = db;

    public override ServiceInfo Info => ServiceCatalogue.Distributor;

    protected override Task<List<ReceivedEvent>> LoadAsync(Guid[] ids, CancellationToken cancel) => _db.ListAsync(
        $"select {Columns} from events e where e.id = any({ids}) order by e.received, e.id", static row => ReceivedEventRow.Read(row), cancel);
}
