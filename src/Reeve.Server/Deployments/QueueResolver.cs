using Reeve.Contract.Events;
using Reeve.Core;
using Reeve.Data;
using Reeve.Server.Events;

namespace Reeve.Server.Deployments;

/// <summary>
/// From the names a request gives to a work queue, which is created where it is missing. The batch may find that somebody else has made the
/// same pool meanwhile: it is then to be decided again.
/// </summary>
internal sealed class QueueResolver(Db db)
{
    private const string AgentPool = "default-agent-pool";

    public Task<PoolPlace?> FindPoolAsync(string name, CancellationToken cancel) =>
        db.OneAsync(
            $"""
            select p.id, p.name, p.type, p.default_queue_id, q.name, p.base_job_template
            from work_pool p left join work_queue q on q.id = p.default_queue_id
            where p.name = {name}
            """,
            static row => new PoolPlace(
                row.GetGuid(0), row.GetString(1), row.GetString(2), row.GetGuidOrNull(3), row.GetStringOrNull(4), row.GetJsonOrNull(5) ?? RawJson.EmptyObject),
            cancel);

    /// <summary>The default queue of a pool; null when it has none.</summary>
    public static QueuePlace? Default(PoolPlace pool) =>
        pool.DefaultQueueId is { } id ? new QueuePlace($"{id}", id, pool.DefaultQueueName ?? "default", pool) : null;

    /// <summary>A queue of a pool. A missing one is created by what is added to <paramref name="batch"/>, behind the others.</summary>
    public async Task<QueuePlace> InPoolAsync(SqlBatch batch, PoolPlace pool, string name, DateTimeOffset now, CancellationToken cancel)
    {
        var known = await db.OneAsync(
            $"select id from work_queue where work_pool_id = {pool.Id} and name = {name}", static row => (Guid?)row.GetGuid(0), cancel);
        if (known is { } id) return new QueuePlace($"{id}", id, name, pool);
        LockRanks(batch, pool);
        // The smallest rank that nobody has.
        Sql rank = $"(select min(r.rank) from (select 1 as rank union all select priority + 1 from work_queue where work_pool_id = {pool.Id}) r where r.rank not in (select priority from work_queue where work_pool_id = {pool.Id}))";
        return Create(batch, pool, name, rank, "", now);
    }

    /// <summary>A queue named without a pool: of the agents' pool, which is created with it if need be.</summary>
    public async Task<QueuePlace> AloneAsync(SqlBatch batch, string name, DateTimeOffset now, CancellationToken cancel)
    {
        var pool = await FindPoolAsync(AgentPool, cancel);
        if (pool is null)
        {
            var other = await db.OneAsync(
                $"""
                select q.id, p.id, p.name, p.type, p.default_queue_id, p.base_job_template
                from work_queue q join work_pool p on p.id = q.work_pool_id where q.name = {name} limit 1
                """,
                row => new QueuePlace(
                    $"{row.GetGuid(0)}", row.GetGuid(0), name,
                    new PoolPlace(row.GetGuid(1), row.GetString(2), row.GetString(3), row.GetGuidOrNull(4), null, row.GetJsonOrNull(5) ?? RawJson.EmptyObject)),
                cancel);
            if (other is not null) return other;
            pool = CreateAgentPool(batch, now);
            if (name == "default") return Default(pool)!;
        }
        else
        {
            if (name == "default" && Default(pool) is { } standing) return standing;
            var known = await db.OneAsync(
                $"select id from work_queue where work_pool_id = {pool.Id} and name = {name}", static row => (Guid?)row.GetGuid(0), cancel);
            if (known is { } id) return new QueuePlace($"{id}", id, name, pool);
        }
        LockRanks(batch, pool);
        // It goes to the front: the unbroken ranks from 1 on move back by one. Unless somebody else has made it meanwhile.
        batch.Execute(
            $"""
            update work_queue set priority = priority + 1, updated = {now}
            where work_pool_id = {pool.Id} and not exists (select 1 from work_queue n where n.work_pool_id = {pool.Id} and n.name = {name}) and priority <= (
                select count(*) from work_queue w
                where w.work_pool_id = {pool.Id} and w.priority <= (select count(*) from work_queue v where v.work_pool_id = {pool.Id} and v.priority <= w.priority))
            """);
        return Create(batch, pool, name, $"1", "", now);
    }

    // Whoever gives ranks of a pool waits here for others who do, so that no two queues get the same.
    private static void LockRanks(SqlBatch batch, PoolPlace pool) =>
        batch.One($"select p.id from work_pool p where p.id = {pool.Id} for update", static row => row.GetGuid(0));

    private static QueuePlace Create(SqlBatch batch, PoolPlace pool, string name, Sql rank, string description, DateTimeOffset now)
    {
        var id = Guid.NewGuid();
        batch.Execute(
            $"""
            insert into work_queue (id, created, updated, name, description, is_paused, priority, work_pool_id, status)
            values ({id}, {now}, {now}, {name}, {description}, false, {rank}, {pool.Id}, 'NOT_READY')
            on conflict (work_pool_id, name) do nothing
            """);
        Outbox.AddIf(batch, Created(id, name, pool, now), $"exists (select 1 from work_queue where id = {id})");
        return new QueuePlace($"(select id from work_queue where work_pool_id = {pool.Id} and name = {name})", id, name, pool);
    }

    private static PoolPlace CreateAgentPool(SqlBatch batch, DateTimeOffset now)
    {
        var pool = new PoolPlace(Guid.NewGuid(), AgentPool, "prefect-agent", Guid.NewGuid(), "default", RawJson.EmptyObject);
        batch.Execute(
            $"""
            insert into work_pool (id, created, updated, name, type, base_job_template, is_paused, status)
            values ({pool.Id}, {now}, {now}, {pool.Name}, {pool.Type}, {pool.Template}, false, 'NOT_READY')
            on conflict (name) do nothing
            """);
        batch.Require($"exists (select 1 from work_pool where id = {pool.Id})");
        batch.Execute(
            $"""
            insert into work_queue (id, created, updated, name, description, is_paused, priority, work_pool_id, status)
            values ({pool.DefaultQueueId}, {now}, {now}, 'default', {"The work pool's default queue."}, false, 1, {pool.Id}, 'NOT_READY')
            """);
        batch.Execute($"update work_pool set default_queue_id = {pool.DefaultQueueId} where id = {pool.Id}");
        Outbox.Add(batch, Created(pool.DefaultQueueId!.Value, "default", pool, now));
        var told = EventDraft.Of("prefect.work-pool.created", "prefect.work-pool", pool.Id, pool.Name, now);
        told.Resource["prefect.work-pool.type"] = pool.Type;
        told.Resource["prefect.resource.role"] = "work-pool";
        Outbox.Add(batch, told.With("prefect.work-queue", pool.DefaultQueueId.Value, "default", "default-queue"));
        return pool;
    }

    private static Event Created(Guid id, string name, PoolPlace pool, DateTimeOffset now)
    {
        var told = EventDraft.Of("prefect.work-queue.created", "prefect.work-queue", id, name, now);
        told.Resource["prefect.resource.role"] = "work-queue";
        told.Related.Add(new Dictionary<string, string>
        {
            ["prefect.resource.id"] = $"prefect.work-pool.{pool.Id}",
            ["prefect.resource.name"] = pool.Name,
            ["prefect.work-pool.type"] = pool.Type,
            ["prefect.resource.role"] = "work-pool",
        });
        return told;
    }
}
