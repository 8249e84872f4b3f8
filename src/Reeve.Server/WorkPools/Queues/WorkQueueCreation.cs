using Reeve.Contract.WorkPools;
using Reeve.Core;
using Reeve.Data;
using Reeve.Server.Events;
using Reeve.Server.Http;

namespace Reeve.Server.WorkPools.Queues;

/// <summary>Makes queues, and the pool of those that are made without one.</summary>
internal sealed class WorkQueueCreation(Db db, WorkPoolStore pools, WorkQueueStore queues)
{
    /// <exception cref="DatabaseException">The name is taken (unique violation).</exception>
    /// <exception cref="ApiException">404: the pool was deleted since it was read.</exception>
    public async Task<WorkQueueResponse> CreateAsync(WorkPoolRecord pool, WorkQueueCreate create, DateTimeOffset now, CancellationToken cancel)
    {
        try
        {
            return await DecideAsync(pool, create, now, cancel);
        }
        catch (DatabaseException error) when (error.Kind == DatabaseErrorKind.ForeignKeyViolation)
        {
            throw WorkPoolStore.Missing(pool.Name);
        }
    }

    private async Task<WorkQueueResponse> DecideAsync(WorkPoolRecord pool, WorkQueueCreate create, DateTimeOffset now, CancellationToken cancel)
    {
        var queue = Draft(pool.Wire, create, now);
        await Db.DecideAsync(async () =>
        {
            var ranks = await queues.RanksAsync(pool.Id, cancel);
            queue.Priority = create.Priority ?? QueuePriorities.Free(ranks.Select(static rank => rank.Priority));
            var batch = new SqlBatch();
            WorkQueueStore.RequireRanks(batch, pool.Id, ranks);
            WorkQueueStore.Insert(batch, queue, now);
            if (create.Priority is { } taken) WorkQueueStore.Move(batch, QueuePriorities.Shift(ranks, queue.Id, taken), now);
            Outbox.Add(batch, WorkQueueEvents.Created(new WorkQueueRecord(queue, pool.Wire.Type), now));
            await db.WriteAsync(batch, cancel);
        });
        return queue;
    }

    /// <summary>Makes a queue of the default agent pool, and the pool where it is missing.</summary>
    /// <exception cref="DatabaseException">The name is taken (unique violation).</exception>
    public async Task<WorkQueueResponse> CreateForAgentsAsync(WorkQueueCreate create, DateTimeOffset now, CancellationToken cancel)
    {
        var (pool, created) = await AgentPoolAsync(now, cancel);
        if (created && create.Name == "default") return (await queues.ReadAsync(pool.Name, create.Name, cancel)).Wire;
        return await CreateAsync(pool, create, now, cancel);
    }

    /// <summary>A filter as its column holds it.</summary>
    public static RawJson Filter(QueueFilter? filter) => filter is null ? RawJson.None : JsonText.Of(filter);

    private async Task<(WorkPoolRecord Pool, bool Created)> AgentPoolAsync(DateTimeOffset now, CancellationToken cancel)
    {
        if (await pools.FindAsync(WorkPoolStore.DefaultAgentPool, cancel) is { } found) return (found, false);
        var batch = new SqlBatch();
        WorkPoolStore.Create(batch, new WorkPoolCreate { Name = WorkPoolStore.DefaultAgentPool }, now);
        var created = true;
        try
        {
            await db.WriteAsync(batch, cancel);
        }
        catch (DatabaseException error) when (error.Kind == DatabaseErrorKind.UniqueViolation)
        {
            created = false;
        }
        return (await pools.ReadAsync(WorkPoolStore.DefaultAgentPool, cancel), created);
    }

    private static WorkQueueResponse Draft(WorkPoolResponse pool, WorkQueueCreate create, DateTimeOffset now) => new()
    {
        Id = Guid.NewGuid(), Created = now, Updated = now, Name = create.Name, Description = create.Description ?? "",
        IsPaused = create.IsPaused, ConcurrencyLimit = create.ConcurrencyLimit, Filter = create.Filter, WorkPoolId = pool.Id,
        WorkPoolName = pool.Name, Status = WorkQueueStatus.NotReady, ActiveSlots = create.ConcurrencyLimit is null ? null : 0,
    };
}
