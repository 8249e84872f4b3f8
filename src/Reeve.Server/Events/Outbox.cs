using Reeve.Contract.Events;
using Reeve.Data;
using Reeve.Server.Http;

namespace Reeve.Server.Events;

/// <summary>
/// Where the server's own events go first: a table, in the transaction of the change they tell of, so that neither is
/// ever without the other. A relay delivers them from there, at least once and in order.
/// </summary>
internal static class Outbox
{
    public static void Add(SqlBatch batch, Event told)
    {
        batch.Execute($"insert into reeve_outbox (occurred, event) values ({told.Occurred}, {JsonText.Of(told)})");
        batch.SignalHere(DbTopics.Outbox);
    }

    /// <summary>
    /// Tells only if <paramref name="condition"/> holds when the statement runs, for changes that may lose a race. What it asks for must be this
    /// batch's by then: written by it, or locked, or of two who delete one row both would tell of it.
    /// </summary>
    public static void AddIf(SqlBatch batch, Event told, Sql condition)
    {
        batch.Execute($"insert into reeve_outbox (occurred, event) select {told.Occurred}, {JsonText.Of(told):jsonb} where {condition}");
        batch.SignalHere(DbTopics.Outbox);
    }
}
