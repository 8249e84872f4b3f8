using Reeve.Contract.WorkPools;
using Reeve.Data;
using Reeve.Server.Events;
using Reeve.Server.WorkPools.Queues;
using Reeve.Settings.Views;

namespace Reeve.Server.WorkPools;

/// <summary>The SQL of the foreman. Every change repeats its condition, so that a poll or another replica that came between wins.</summary>
internal sealed class ForemanStore(Db db, WorkPoolStore pools)
{
    /// <summary>How long a worker may be silent that says its heartbeat comes every so many seconds; 0 says nothing.</summary>
    public static TimeSpan Silence(int interval, ForemanSettings settings) =>
        (interval > 0 ? TimeSpan.FromSeconds(interval) : settings.FallbackHeartbeatInterval) * settings.InactivityHeartbeatMultiple;

    /// <summary>The condition on a deployment <c>d</c> that neither it nor its queue was polled recently.</summary>
    public static Sql Abandoned(Cutoffs cutoffs) =>
        $"""
        d.status = 'READY' and d.last_polled < {cutoffs.Deployments}
        and not exists (select 1 from work_queue q where q.id = d.work_queue_id and q.last_polled >= {cutoffs.Deployments})
        """;

    /// <summary>Everything there is to see, in one round trip.</summary>
    public async Task<ForemanLook> LookAsync(Cutoffs cutoffs, int limit, CancellationToken cancel)
    {
        var batch = new SqlBatch();
        var workers = batch.List(
            $"""
            select coalesce(w.heartbeat_interval_seconds, 0), min(w.last_heartbeat_time) from worker w
            where w.status = 'ONLINE' and w.last_heartbeat_time is not null group by w.heartbeat_interval_seconds
            """,
            static row => (row.GetInt32(0), row.GetInstant(1)));
        var idle = batch.One($"select exists (select 1 from work_pool p where {Idle})", static row => row.GetBoolean(0));
        var deployments = batch.List(
            $"select d.id from deployment d where {Abandoned(cutoffs)} order by d.id limit {limit}", static row => row.GetGuid(0));
        var queues = batch.List(
            $"""
            select q.id from work_queue q where q.status = 'READY' and q.last_polled < {cutoffs.Queues}
            order by q.last_polled, q.id limit {limit}
            """,
            static row => row.GetGuid(0));
        var polled = batch.One(
            $"select min(q.last_polled) from work_queue q where q.status = 'READY' and q.last_polled >= {cutoffs.Queues}",
            static row => row.GetInstantOrNull(0));
        await db.ReadAsync(batch, cancel);
        return new ForemanLook(workers.Value, idle.Value, deployments.Value, queues.Value, polled.Value);
    }

    /// <summary>Sets workers offline that have been silent too long; how many.</summary>
    public async Task<int> SetOfflineAsync(
        IReadOnlyList<(int Interval, DateTimeOffset Oldest)> online, DateTimeOffset now, ForemanSettings settings, CancellationToken cancel)
    {
        var batch = new SqlBatch();
        var changed = new List<DbResult<int>>();
        foreach (var (interval, oldest) in online)
        {
            var before = now - Silence(interval, settings);
            if (oldest >= before) continue;
            changed.Add(batch.Execute(
                $"""
                update worker set status = 'OFFLINE'
                where status = 'ONLINE' and coalesce(heartbeat_interval_seconds, 0) = {interval} and last_heartbeat_time < {before}
                """));
        }
        if (changed.Count == 0) return 0;
        await db.WriteAsync(batch, cancel);
        return changed.Sum(static count => count.Value);
    }

    /// <summary>Ready pools without an online worker.</summary>
    public Task<List<WorkPoolRecord>> IdlePoolsAsync(int limit, CancellationToken cancel) => pools.RecordsAsync($"{Idle} order by p.id limit {limit}", cancel);

    /// <summary>A pool that has lost its last worker is not ready, unless one came meanwhile.</summary>
    public Task BecomeNotReadyAsync(WorkPoolRecord pool, DateTimeOffset now, CancellationToken cancel)
    {
        var told = Guid.CreateVersion7(now);
        var batch = new SqlBatch();
        // Another replica that does the same, and a heartbeat on its way to bring a worker back, are waited for: the condition is looked at after them.
        batch.One($"select p.id from work_pool p where p.id = {pool.Id} for update", static row => row.GetGuid(0));
        batch.List($"select w.id from worker w where w.work_pool_id = {pool.Id} order by w.id for update", static row => row.GetGuid(0));
        batch.Execute(
            $"""
            update work_pool set status = 'NOT_READY', last_status_event_id = {told}, last_transitioned_status_at = {now}, updated = {now}
            where id in (select p.id from work_pool p where p.id = {pool.Id} and {Idle})
            """);
        Outbox.AddIf(
            batch, WorkPoolEvents.Status(told, pool.Wire, WorkPoolStatus.NotReady, pool.Precedes(now), now),
            $"exists (select 1 from work_pool where id = {pool.Id} and last_status_event_id = {told})");
        return db.WriteAsync(batch, cancel);
    }

    /// <summary>Queues that nobody polls are not ready.</summary>
    public async Task ForgetQueuesAsync(IReadOnlyCollection<Guid> ids, Cutoffs cutoffs, DateTimeOffset now, CancellationToken cancel)
    {
        var records = await db.ListAsync(
            $"select {WorkQueueStore.PoolColumns} from {WorkQueueStore.From} where q.id = any({ids}) order by q.id", WorkQueueStore.Read, cancel);
        var batch = new SqlBatch();
        batch.List($"select id from work_queue where id = any({ids}) order by id for update", static row => row.GetGuid(0));
        foreach (var queue in records)
        {
            Outbox.AddIf(
                batch, WorkQueueEvents.Status(queue, WorkQueueStatus.NotReady, now),
                $"exists (select 1 from work_queue where id = {queue.Id} and status = 'READY' and last_polled < {cutoffs.Queues})");
        }
        batch.Execute($"update work_queue set status = 'NOT_READY' where id = any({ids}) and status = 'READY' and last_polled < {cutoffs.Queues}");
        await db.WriteAsync(batch, cancel);
    }

    private static readonly SqlText Idle = new(
        "p.status = 'READY' and p.type <> 'prefect-agent' and not exists (select 1 from worker w where w.work_pool_id = p.id and w.status = 'ONLINE')");
}
