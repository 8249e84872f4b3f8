using Reeve.Contract.Events;
using Reeve.Data;

namespace Reeve.Server.Events;

/// <summary>
/// Something that must see every event, once it is delivered. What consumers change goes into the batch that takes the events out of the
/// outbox, so all have seen an event or none. An event may come again (a client sent it twice): seeing it twice must change nothing.
/// </summary>
internal interface IEventConsumer
{
    /// <summary>What it is called in the log.</summary>
    public string Name { get; }

    /// <summary>Whether the settings want it.</summary>
    public bool IsEnabled { get; }

    /// <summary>Reads what has to be known and adds what the events change. What the decision rests on may have changed when the batch is written: the batch must
    /// <see cref="SqlBatch.Require">require</see> that it has not, or be right all the same.</summary>
    /// <param name="batch">Where the statements go.</param>
    /// <param name="events">In the order they came in.</param>
    /// <param name="now">One now for the whole delivery.</param>
    public Task PrepareAsync(SqlBatch batch, IReadOnlyList<ReceivedEvent> events, DateTimeOffset now, CancellationToken cancel);

    /// <summary>The same for an event that it could not take when the others did: they have seen it, and it is stored.</summary>
    public Task PrepareAgainAsync(SqlBatch batch, ReceivedEvent told, DateTimeOffset now, CancellationToken cancel) => PrepareAsync(batch, [told], now, cancel);
}
