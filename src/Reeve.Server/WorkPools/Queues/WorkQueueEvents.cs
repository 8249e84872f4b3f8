using Reeve.Contract.Events;
using Reeve.Contract.WorkPools;
using Reeve.Server.Events;

namespace Reeve.Server.WorkPools.Queues;

/// <summary>What is told of work queues, see events.md §11.4.</summary>
internal static class WorkQueueEvents
{
    private const string Kind = "prefect.work-queue";

    public static Event Created(WorkQueueRecord queue, DateTimeOffset now) => Of("created", queue, now);

    public static Event Deleted(WorkQueueRecord queue, DateTimeOffset now) => Of("deleted", queue, now);

    public static Event Status(WorkQueueRecord queue, WorkQueueStatus status, DateTimeOffset now) => Of(status.Event(), queue, now);

    public static Event Updated(WorkQueueRecord queue, IReadOnlyList<FieldChange> changes, DateTimeOffset now)
    {
        var told = Of("updated", queue, now);
        told.Payload = FieldChange.Payload(changes);
        return told;
    }

    private static Event Of(string what, WorkQueueRecord queue, DateTimeOffset now)
    {
        var told = EventDraft.Of($"{Kind}.{what}", Kind, queue.Id, queue.Name, now);
        told.Resource["prefect.resource.role"] = "work-queue";
        if (queue.Wire.WorkPoolId is { } pool) told.Related.Add(WorkPoolEvents.Related(pool, queue.Wire.WorkPoolName ?? "", queue.PoolType));
        return told;
    }
}
