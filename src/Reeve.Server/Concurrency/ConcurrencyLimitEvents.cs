using Reeve.Contract.Concurrency;
using Reeve.Contract.Events;
using Reeve.Server.Events;

namespace Reeve.Server.Concurrency;

/// <summary>What is told of limits: snapshots, see events.md §11.5. Slots taken and given back are not told of.</summary>
internal static class ConcurrencyLimitEvents
{
    private const string Kind = "prefect.concurrency-limit";

    public static Event Created(ConcurrencyLimitV2 limit, DateTimeOffset now) => Of("created", limit, now);

    public static Event Updated(ConcurrencyLimitV2 limit, DateTimeOffset now) => Of("updated", limit, now);

    public static Event Deleted(ConcurrencyLimitV2 limit, DateTimeOffset now) => Of("deleted", limit, now);

    /// <summary>A row of the old table of tag limits is gone.</summary>
    public static Event Deleted(ConcurrencyLimit limit, DateTimeOffset now)
    {
        var told = EventDraft.Of($"{Kind}.deleted", Kind, limit.Id, limit.Tag, now);
        told.Payload = EventPayload.Write(writer =>
        {
            writer.WriteString("tag", limit.Tag);
            writer.WriteNumber("concurrency_limit", limit.ConcurrencyLimitValue);
        });
        return told;
    }

    private static Event Of(string what, ConcurrencyLimitV2 limit, DateTimeOffset now)
    {
        var told = EventDraft.Of($"{Kind}.{what}", Kind, limit.Id, limit.Name, now);
        told.Payload = EventPayload.Write(writer =>
        {
            writer.WriteString("name", limit.Name);
            writer.WriteNumber("limit", limit.Limit);
            writer.WriteBoolean("active", limit.Active);
            writer.WriteNumber("slot_decay_per_second", limit.SlotDecayPerSecond);
        });
        return told;
    }
}
