using Reeve.Contract.Events;
using Reeve.Data;

namespace Reeve.Server.Events;

/// <summary>
/// Something that must see every event, once it is delivered. Consumers run one after the other in the transaction that
/// takes the events out of the outbox, so all have seen an event or none. An event may come again (a client sent it
/// twice): seeing it twice must change nothing.
/// </summary>
internal interface IEventConsumer
{
    /// <summary>What it is called in the log.</summary>
    public string Name { get; }

    /// <summary>Whether the settings want it.</summary>
    public bool IsEnabled { get; }

    /// <param name="transaction">The only thing that may be awaited here.</param>
    /// <param name="events">In the order they came in.</param>
    /// <param name="now">One now for the whole delivery.</param>
    public Task ConsumeAsync(SqlTransaction transaction, IReadOnlyList<ReceivedEvent> events, DateTimeOffset now);
}
