using Reeve.Contract.Events;
using Reeve.Contract.WorkPools;
using Reeve.Server.Events;

namespace Reeve.Server.WorkPools;

/// <summary>What is told of work pools, see events.md §11.3.</summary>
internal static class WorkPoolEvents
{
    public const string Kind = "prefect.work-pool";

    public static Event Created(WorkPoolResponse pool, DateTimeOffset now) => WithRelated(Of("created", pool, now), pool);

    public static Event Deleted(WorkPoolResponse pool, DateTimeOffset now) => WithRelated(Of("deleted", pool, now), pool);

    public static Event Updated(WorkPoolResponse pool, IReadOnlyList<FieldChange> changes, DateTimeOffset now)
    {
        var told = Of("updated", pool, now);
        told.Payload = FieldChange.Payload(changes);
        return told;
    }

    /// <param name="id">The event's id, which the pool remembers.</param>
    /// <param name="pool">The pool.</param>
    /// <param name="status">The status it has now.</param>
    /// <param name="follows">The status event before, if it was recent.</param>
    /// <param name="now">When it happened.</param>
    public static Event Status(Guid id, WorkPoolResponse pool, WorkPoolStatus status, Guid? follows, DateTimeOffset now)
    {
        var told = EventDraft.Of($"{Kind}.{status.Event()}", Kind, pool.Id, pool.Name, now);
        told.Resource["prefect.work-pool.type"] = pool.Type;
        told.Id = id;
        told.Follows = follows;
        return told;
    }

    /// <summary>The pool as a related resource of something in it.</summary>
    public static Dictionary<string, string> Related(Guid id, string name, string type)
    {
        var resource = EventDraft.Resource(Kind, id, name);
        resource["prefect.work-pool.type"] = type;
        resource["prefect.resource.role"] = "work-pool";
        return resource;
    }

    private static Event Of(string what, WorkPoolResponse pool, DateTimeOffset now)
    {
        var told = EventDraft.Of($"{Kind}.{what}", Kind, pool.Id, pool.Name, now);
        told.Resource = Related(pool.Id, pool.Name, pool.Type);
        return told;
    }

    private static Event WithRelated(Event told, WorkPoolResponse pool)
    {
        if (pool.DefaultQueueId is { } queue) Add(told, $"prefect.work-queue.{queue}", "default-queue");
        if (pool.StorageConfiguration.DefaultResultStorageBlockId is { } block) Add(told, $"prefect.block-document.{block}", "result-storage");
        return told;
    }

    private static void Add(Event told, string id, string role) => told.Related.Add(new Dictionary<string, string>
    {
        ["prefect.resource.id"] = id,
        ["prefect.resource.role"] = role,
    });
}
